package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/diagnose"
)

// exceptionWords are answers of servers that broke down, with what the finding has to name.
var exceptionWords = []struct {
	answer
	names string
}{
	{answer{"server.exception", "", 500, "", `{"timestamp":"2026-01-01T00:00:00Z","status":500,"error":"Internal Server Error","trace":"java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"s\" is null\n\tat com.shop.orders.OrderService.find(OrderService.java:42)\n\tat org.springframework.aop.support.AopUtils.invoke(AopUtils.java:355)\n","path":"/v1/orders"}`, 0}, "OrderService.java:42"},
	{answer{"server.exception", "", 500, "", `<html><body><h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error</p><div>There was an unexpected error (type=Internal Server Error, status=500).</div><div>Index 5 out of bounds for length 3</div><div style='white-space:pre-wrap;'>java.lang.IndexOutOfBoundsException: Index 5 out of bounds for length 3 at com.shop.Cart.get(Cart.java:7)</div></body></html>`, 0}, "Cart.java:7"},
	{answer{"server.exception", "", 500, "Server: Werkzeug/3.0", `<!doctype html><html><head><title>KeyError: 'total' // Werkzeug Debugger</title></head><body><h1>KeyError</h1><p class="errormsg">KeyError: 'total'</p><h2>Traceback <em>(most recent call last)</em></h2>File <cite class="filename">"/srv/shop/app.py"</cite>, line <em class="line">31</em>, in <code>boom</code></body></html>`, 0}, "KeyError"},
	{answer{"server.exception", "", 500, "", `{"status":500,"error":"Internal Server Error","exception":"#\u003cNoMethodError: undefined method 'upcase' for nil\u003e","traces":{"Application Trace":[{"id":0,"trace":"app/models/order.rb:14:in 'boom'"}]}}`, 0}, "app/models/order.rb:14"},
	{answer{"server.exception", "", 500, "X-Powered-By: PHP/8.3", "<br />\n<b>Fatal error</b>:  Uncaught TypeError: strlen(): Argument #1 ($string) must be of type string, array given in /var/www/html/index.php:12\nStack trace:\n#0 {main}\n  thrown in <b>/var/www/html/index.php</b> on line <b>12</b><br />", 0}, "/var/www/html/index.php:12"},
	{answer{"server.exception", "", 500, "", `{"message":"Undefined array key \"total\"","exception":"ErrorException","file":"/var/www/app/Http/Controllers/OrderController.php","line":31,"trace":[{"file":"/var/www/vendor/laravel/framework/src/Illuminate/Foundation/Bootstrap/HandleExceptions.php","line":255}]}`, 0}, "OrderController.php:31"},
	{answer{"server.exception", "", 500, "", `<html><head><title>Object reference not set to an instance of an object.</title></head><body><h1>Server Error in '/' Application.</h1><b>Exception Details: </b>System.NullReferenceException: Object reference not set to an instance of an object.</body></html>`, 0}, "System.NullReferenceException"},
	{answer{"server.exception", "", 500, "Server: Kestrel", "System.InvalidOperationException: Sequence contains no elements\n   at System.Linq.ThrowHelper.ThrowNoElementsException()\n   at Shop.Orders.First() in /src/Shop/Orders.cs:line 12\n", 0}, "/src/Shop/Orders.cs:12"},
	{answer{"server.exception", "", 500, "", `{"error":"Cannot read properties of undefined (reading 'id')"}`, 0}, "exception"},
	{answer{"server.exception", "", 500, "", `{"error":"runtime error: invalid memory address or nil pointer dereference"}`, 0}, "exception"},
	{answer{"server.exception", "", 500, "", `<title>KeyError at GET /v1/orders</title><h1>key :total not found in: %{}</h1> lib/shop_web/order_controller.ex:12`, 0}, "order_controller.ex:12"},
	{answer{"server.exception", "", 500, "", `{"error":"SQLSTATE[42S22]: Column not found: 1054 Unknown column 'totl' in 'field list'"}`, 0}, "exception"},
	{answer{"server.exception", "", 500, "", `{"errorMessage":"'total'","errorType":"KeyError","requestId":"x","stackTrace":["  File \"/var/task/app.py\", line 31, in handler\n    return event['total']\n"]}`, 0}, "/var/task/app.py:31"},
	{answer{"server.exception", "", 200, "", `{"errors":[{"message":"Cannot read properties of null (reading 'id')","extensions":{"code":"INTERNAL_SERVER_ERROR","stacktrace":["TypeError: Cannot read properties of null (reading 'id')","    at order (/srv/graph/resolvers.js:12:5)","    at field (/srv/graph/node_modules/graphql/execution/execute.js:1:2)"]}}],"data":null}`, 0}, "/srv/graph/resolvers.js:12"},
	{answer{"server.exception", "", 500, "Server: cloudflare", `error code: 1101`, 0}, "exception"},
	{answer{"server.exception", "", 500, "", `{"message":"org.postgresql.util.PSQLException: something went wrong"}`, 0}, "org.postgresql.util.PSQLException"},
	{answer{"server.error", "", 500, "", `{"error":"Internal Server Error"}`, 0}, "500"},
	{answer{"server.error", "", 500, "", `{"__type":"InternalServerException","message":"x"}`, 0}, "500"},
}

func TestExceptionsAreNamed(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, e := range exceptionWords {
		check(t, []answer{e.answer})
		if f, _ := engine.Diagnose(e.exchange()).Primary(); !strings.Contains(f.Message, e.names) {
			t.Errorf("%.80s: the message is %q, want %s in it", e.body, f.Message, e.names)
		}
	}
}
