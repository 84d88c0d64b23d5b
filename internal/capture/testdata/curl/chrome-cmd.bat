curl ^"https://api.example.com/v1/orders?a=1^&b=^%^202^" ^
  -H ^"accept: application/json^" ^
  -H ^"content-type: application/json^" ^
  --data-raw ^"^{^\^"a^\^": ^\^"b c^\^"^}^"
