#!/bin/sh
# curl https://commented.example.com/
TOKEN=made-up-token
BODY='{"a": 1}'
curl -sSLkX PUT "https://api.example.com/v1/orders/$ID?x=$(date +%s)" \
  -H "Authorization: Bearer $TOKEN" -H 'Accept:' -H 'X-Empty;' \
  --data-raw "$BODY" # why
echo '{"piped": true}' | sudo /usr/bin/curl -d @- -H 'Content-Type: application/json' api.example.com/p -o /dev/null
curl --data-urlencode 'q=a b&ü' -G 'https://user:p%40ss@api.example.com/search?n=1#top'
curl -F 'name=x;type=text/plain' -F 'file=@"a b.jpg";filename="c.jpg"' https://api.example.com/upload
curl --json '{"a":' --json '1}' https://api.example.com/j --next -T report.pdf https://api.example.com/files/ -r 5
curl --frobnicate https://api.example.com/
curl --header="X: y" https://api.example.com/
if true; then for i in 1 2; do curl -u admin "https://api.example.com/{a,b}/$i"; done; fi
curl https://api.example.com/broken \ 
  -H 'X-Lost: yes'
curl -d @order.json -x http://me:secret@proxy.example.com:3128 --aws-sigv4 aws:amz:eu:s3 https://api.example.com/ü?ü=%zz
curl $'https://api.example.com/\x41\u00fc' -d $'a\'b\r\n\101'
curl -d @- https://api.example.com/doc <<-EOF
	{"x": "$UNKNOWN"}
	EOF
x=$(curl -s https://api.example.com/inner)
