# Calls the address with Ruby's own client.
require "net/http"

puts Net::HTTP.get(URI(ARGV[1]))
