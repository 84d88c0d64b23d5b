package trace

import (
	"strings"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, language, class, own string }{
		{`java.lang.NullPointerException: Cannot invoke "com.shop.Order.id()" because "order" is null at com.shop.OrderService.find(OrderService.java:42) at org.springframework.aop.support.AopUtils.invoke(AopUtils.java:355)`, "Java", "java.lang.NullPointerException", "OrderService.java:42"},
		{`org.springframework.web.util.NestedServletException: Request processing failed at org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1014) Caused by: java.lang.IllegalStateException: x at com.shop.Cart.add(Cart.java:7)`, "Java", "java.lang.IllegalStateException", "Cart.java:7"},
		{`Traceback (most recent call last): File "/usr/lib/python3.11/site-packages/flask/app.py", line 1484, in full_dispatch_request rv = self.dispatch_request() File "/srv/shop/views.py", line 31, in boom return data["total"] KeyError: 'total'`, "Python", "KeyError", "/srv/shop/views.py:31"},
		{`KeyError at /v1/kpis/ 'total' Exception Type: KeyError Exception Value: 'total' Exception Location: /srv/shop/views.py, line 31, in kpis`, "Python", "KeyError", "/srv/shop/views.py:31"},
		{"NoMethodError: undefined method `upcase' for nil:NilClass app/controllers/orders_controller.rb:14:in `show' actionpack (6.1.7) lib/action_controller/metal/basic_implicit_render.rb:6:in `send_action'", "Ruby", "NoMethodError", "app/controllers/orders_controller.rb:14"},
		{`Fatal error: Uncaught TypeError: strlen(): Argument #1 must be of type string in /var/www/html/index.php:12 Stack trace: #0 /var/www/vendor/slim/App.php(99): handle() #1 {main} thrown in /var/www/html/index.php on line 12`, "PHP", "TypeError", "/var/www/html/index.php:12"},
		{`{"message": "x", "exception": "Illuminate\Database\QueryException", "file": "/var/www/vendor/laravel/framework/src/Connection.php", "line": 825, "trace": [{"file": "/var/www/app/Http/OrderController.php", "line": 31}]}`, "PHP", `Illuminate\Database\QueryException`, "/var/www/app/Http/OrderController.php:31"},
		{`System.NullReferenceException: Object reference not set to an instance of an object. at Shop.Controllers.OrdersController.Get(Int32 id) in C:\src\Shop\Controllers\OrdersController.cs:line 31 at Microsoft.AspNetCore.Mvc.Infrastructure.Execute(...)`, ".NET", "System.NullReferenceException", `C:\src\Shop\Controllers\OrdersController.cs:31`},
		{`TypeError: Cannot read properties of undefined (reading 'name') at /srv/api/orders.js:23:59 at Layer.handle [as handle_request] (/srv/api/node_modules/express/lib/router/layer.js:95:5)`, "JavaScript", "TypeError", "/srv/api/orders.js:23"},
		{`http: panic serving 127.0.0.1:5: runtime error: invalid memory address or nil pointer dereference goroutine 19 [running]: net/http.(*conn).serve.func1() /usr/local/go/src/net/http/server.go:1850 +0xbf main.show(...) /srv/shop/main.go:17 +0x1d`, "Go", "", "/srv/shop/main.go:17"},
		{`** (KeyError) key :total not found in: %{} (shop 0.1.0) lib/shop_web/order_controller.ex:12: ShopWeb.OrderController.show/2 (phoenix 1.7.0) lib/phoenix/router.ex:430: Phoenix.Router.__call__/5`, "Elixir", "KeyError", "lib/shop_web/order_controller.ex:12"},
		{"thread 'main' panicked at src/orders.rs:12:5: called `Option::unwrap()` on a `None` value", "Rust", "", "src/orders.rs:12"},
		{`Can't locate object method "id" via package "Order" at /srv/shop/app.pl line 12.`, "Perl", "", "/srv/shop/app.pl:12"},
	} {
		got, ok := Read(c.text)
		if !ok || got.Language != c.language || got.Class != c.class || got.Own != c.own {
			t.Errorf("%.60s…\n got %+v\nwant %s %s %s", c.text, got, c.language, c.class, c.own)
		}
	}
}

func TestReadIsNotFooled(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, `{"error":"Internal Server Error"}`, `see https://example.com/help.js: it tells more`, `the file orders.py", line`, `visit api.go: it is down`,
	} {
		if got, ok := Read(text); ok {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}

func TestHostileTextIsReadInTime(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat(`a.java:1 `, 2000), strings.Repeat(`.java:1`, 2500), strings.Repeat("x", 16<<10) + ".py\", line 1", strings.Repeat("AError.", 2500)} {
		start := time.Now()
		Read(text)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%.20q… took %v", text, took)
		}
	}
}
