package provider

// Exchanges for currencies number their errors, each in its own way.
// https://developers.binance.com/docs/binance-spot-api-docs/errors
// https://bybit-exchange.github.io/docs/v5/error
// https://www.okx.com/docs-v5/en/#error-code
// https://www.kucoin.com/docs/errors-code/http-error-code
var (
	binance = API{
		name:  "Binance",
		known: anySign(answersWith("X-Mbx-*"), askedWith("X-MBX-APIKEY")),
		means: []meaning{
			{"limit.rate", "", "code:-1003 code:-1015 code:-1034"},
			{"server.overloaded", "", "code:-1008"},
			{"auth.request-signature", "/signature", "code:-1022"},
			{"auth.clock-skew", "/timestamp", "code:-1021"},
			{"auth.invalid-credentials", "header:X-MBX-APIKEY", "code:-2014 code:-2015 code:-2008"},
			{"param.value", "", "code:-1013 code:-1100 code:-1111 code:-1114 code:-1115 code:-1116 code:-1117 code:-1120 code:-1121 code:-1125 code:-1127 code:-1128 code:-1130"},
			{"param.missing", "", "code:-1102 code:-1105"},
			{"param.unknown", "", "code:-1101 code:-1104"},
			{"state.business-rule", "", "code:-2010 code:-2018 code:-2019 code:-2022 code:-2021"},
			{"resource.not-found", "", "code:-2013 code:-2011"},
		},
	}
	bybit = API{
		name:  "Bybit",
		known: anySign(hasMembers("retCode", "retMsg"), askedWith("X-BAPI-*")),
		means: []meaning{
			{"limit.rate", "", "retcode:10006 retcode:10018 retcode:10429 retcode:20003"},
			{"auth.request-signature", "header:X-BAPI-SIGN", "retcode:10004"},
			{"auth.clock-skew", "header:X-BAPI-TIMESTAMP", "retcode:10002"},
			{"auth.invalid-credentials", "header:X-BAPI-API-KEY", "retcode:10003"},
			{"auth.token-expired", "header:X-BAPI-API-KEY", "retcode:33004"},
			{"auth.forbidden-role", "", "retcode:10005"},
			{"auth.ip-blocked", "", "retcode:10010 retcode:10009 retcode:10024"},
			{"param.value", "", "retcode:10001"},
			{"state.business-rule", "", "retcode:110004 retcode:110007 retcode:110012 retcode:110045 retcode:170131"},
			{"resource.not-found", "", "retcode:110001 retcode:170213"},
		},
	}
	okx = API{
		name:  "OKX",
		known: anySign(askedWith("OK-ACCESS-*"), pathHas("/api/v5/")),
		means: []meaning{
			{"limit.rate", "", "code:50011 code:50061"},
			{"server.unavailable", "", "code:50001"},
			{"auth.missing", "header:OK-ACCESS-KEY", "code:50103"},
			{"auth.request-signature", "header:OK-ACCESS-SIGN", "code:50113"},
			{"auth.clock-skew", "header:OK-ACCESS-TIMESTAMP", "code:50102 code:50112"},
			{"auth.invalid-credentials", "header:OK-ACCESS-KEY", "code:50111 code:50119"},
			{"auth.invalid-credentials", "header:OK-ACCESS-PASSPHRASE", "code:50105"},
			{"auth.wrong-tenant", "header:OK-ACCESS-KEY", "code:50101"},
			{"auth.ip-blocked", "", "code:50110"},
			{"auth.account-inactive", "", "code:50007 code:50010"},
			{"state.business-rule", "", "code:51008 code:51127 code:51131"},
			{"resource.not-found", "", "code:51603"},
		},
	}
	kucoin = API{
		name:  "KuCoin",
		known: askedWith("KC-API-*"),
		means: []meaning{
			{"limit.rate", "", "code:429000 code:200002"},
			{"auth.missing", "header:KC-API-KEY", "code:400001"},
			{"auth.clock-skew", "header:KC-API-TIMESTAMP", "code:400002"},
			{"auth.invalid-credentials", "header:KC-API-KEY", "code:400003"},
			{"auth.invalid-credentials", "header:KC-API-PASSPHRASE", "code:400004"},
			{"auth.request-signature", "header:KC-API-SIGN", "code:400005"},
			{"auth.ip-blocked", "", "code:400006 code:400302"},
			{"auth.forbidden-role", "", "code:400007 code:411100"},
			{"state.business-rule", "", "code:200004"},
		},
	}
)
