package provider

// woocommerce: the codes of its REST API (https://woocommerce.github.io/woocommerce-rest-api-docs/).
var woocommerce = API{
	name: "WooCommerce",
	means: []meaning{
		{"auth.forbidden-role", "", "woocommerce_rest_cannot_view woocommerce_rest_cannot_create woocommerce_rest_cannot_edit woocommerce_rest_cannot_delete" +
			" woocommerce_rest_cannot_batch"},
		{"resource.not-found", "path", "woocommerce_rest_product_invalid_id woocommerce_rest_shop_order_invalid_id woocommerce_rest_invalid_id" +
			" woocommerce_rest_order_invalid_id woocommerce_rest_shop_coupon_invalid_id"},
		{"state.conflict", "/sku", "product_invalid_sku"},
		{"state.conflict", "", "woocommerce_rest_coupon_code_already_exists registration-error-email-exists"},
	},
}
