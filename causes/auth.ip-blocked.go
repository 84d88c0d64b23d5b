package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("auth.ip-blocked", ipBlocked) }

var (
	saysPlaceRefused = topic("refused for where it comes from", "ip address ~ not allowed", "ip address ~ not permitted", "ip address ~ not authorized", "ip address ~ blocked", "ip address ~ denied",
		"ip address ~ restrict*", "ip address ~ not in", "ip address ~ whitelist*", "ip address ~ allowlist*", "ip address ~ banned", "ip is not allowed", "ip not allowed",
		"ip is not whitelisted", "not whitelisted", "not allowlisted", "not allow-listed", "ip allow list", "ip allowlist", "ip whitelist", "ip access list", "ip restriction*", "restricted ip", "ip blocked",
		"your ip", "ip has been blocked", "ip has been banned", "blocked ip", "client ip ~ not", "source ip ~ not", "client with ip address", "is not allowed to access the server", "from this ip",
		"from your ip", "from this network", "from your network", "network policy", "from your location", "from your country", "your country", "your region", "in your region", "this region", "country ~ not supported",
		"country ~ blocked", "country ~ banned", "region ~ not supported", "not available in your", "geo restrict*", "geo block*", "geographic*", "geolocation", "embargo*", "sanction*", "referer ~ blocked",
		"referer ~ not allowed", "referrer ~ not allowed", "referer restriction*", "referrer restriction*", "referer is not", "requests from referer", "requests from this android", "requests from this ios",
		"access from ~ is not allowed", "request with ip ~ not allowed", "ip/token ~ not allowed", "restricted location", "restricted country", "restricted countries", "restricted jurisdiction", "your jurisdiction", "in this jurisdiction",
		"restricted region", "prohibited country", "prohibited jurisdiction", "prohibited region", "your location is not", "your current location", "available in your location", "country, region, or territory", "territory not supported", "blocked in your", "access denied for your country",
		"not available in this country", "not available in this region", "location is not supported", "countries are not supported", "vpc service controls", "request is prohibited by organization's policy", "trusted ip", "firewall rules of the server", "not accessible from public network",
		"public network access", "public access is disabled", "public access is not permitted", "private endpoint", "through a vpn", "vpn or proxy", "proxy or vpn", "anonymous proxy", "location policy")
	saysReferrer = topic("referrer", "referer*", "referrer*")
)

// ipBlocked is for refusals of where the call comes from: its address, country,
// network, or the page that a browser names as referrer.
func ipBlocked(c *Case) []faultline.Finding {
	status := c.Status()
	if c.Exchange.Response == nil || c.preflight() || !(status == 400 || status == 401 || status == 403 || status == 404 || status == 451 || c.ErrorInside()) {
		return nil
	}
	n, named := c.named("auth.ip-blocked")
	tell := c.hop().Tell
	told := tell != nil && tell.Cause == "auth.ip-blocked"
	if !named && tell != nil && tell.Cause.Family() == "security" {
		return nil // pages of firewalls show the caller's address whatever the reason is
	}
	if !named && !told && (c.namedOther("auth.ip-blocked") || !c.says(saysPlaceRefused)) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  "the server refuses calls from where this one comes from",
		Brief:    "refused for its address",
		Expected: "a call from a network that is allowed",
		Found:    fmt.Sprintf("status %d", status),
		Remedy: faultline.Remedy{Text: "have the address that the server sees added to the list, or call from one that is on it", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "find out the address that the server sees: it is that of the NAT, proxy or VPN", Command: "curl https://ifconfig.me"},
			{Text: "have it added to the allow list of the account, key or organisation"},
		}},
		Retry: "fails every time from this network",
		Rank:  35,
	}
	if cr, sent := c.presented(); sent && c.says(saysKeyRestricted) {
		f.At = cr.at
	}
	if c.says(saysReferrer) {
		f.At = faultline.AtHeader("Referer")
		f.Message, f.Brief = "the key is for pages of certain addresses, and the `Referer` of this call is none of them", "referrer not allowed"
		f.Expected = "a Referer that the key allows"
		f.Remedy = faultline.Remedy{Text: "call from the allowed pages, or use a key for servers (restricted by address, or not at all)", Applicability: faultline.Guess}
	}
	if named {
		f.Strength = n.strength()
		f.At = c.restrictedKey(&n, f.At)
		f.Evidence = append(f.Evidence, n.evidence())
	}
	f.Evidence = append(f.Evidence, c.serverWords()...)
	return []faultline.Finding{f}
}

var saysKeyRestricted = topic("the key is restricted", "api key ~ restrict*", "key ~ ip address", "token ~ ip address", "key is restricted", "this key", "this token")

// restrictedKey is where the restricted key stands: in the field that the code
// speaks of, or wherever this request carries it.
func (c *Case) restrictedKey(n *naming, found faultline.Location) faultline.Location {
	at := n.place(found)
	if at.In != faultline.InQuery {
		return at
	}
	if cr, sent := c.presented(); sent {
		return cr.at
	}
	return at
}
