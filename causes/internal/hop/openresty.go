package hop

// OpenResty is nginx with Lua; Kong, APISIX and many portals are built on it.
func init() { add(nginxFamily("OpenResty", "openresty")) }
