package hop

// Amazon S3 and those that speak its protocol answer in XML with a code.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func init() {
	add(System{
		Name: "Amazon S3", Kind: Origin,
		Marks: []Mark{
			{Field: "server", Value: "amazons3", Means: Wrote},
			{Field: "x-amz-id-2"},
		},
		Tells: []Tell{
			{Says: []string{"permanent redirect the bucket you are attempting to access", "the bucket you are attempting to access must be addressed using the specified endpoint"}, Cause: "route.wrong-host", At: "Host", Hint: "the bucket is in another region"},
			{Status: 409, Says: []string{"ill formed location constraint"}, Shared: true, Cause: "route.wrong-host", At: "Host"},
			{Status: 400, Says: []string{"illegal location constraint exception"}, Cause: "route.wrong-host", At: "Host", Hint: "the bucket is in another region"},
		},
	})
}
