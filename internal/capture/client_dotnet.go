package capture

// dotnetWords are exceptions of .NET's HttpClient and WebRequest, and what
// PowerShell's Invoke-RestMethod and Invoke-WebRequest say.
var dotnetWords = clientWords{
	name:  "dotnet",
	about: "exceptions of .NET's HttpClient, and errors of PowerShell's Invoke-RestMethod",
	sayings: []saying{
		says("does not indicate success: ", `Response status code does not indicate success: (?P<status>\d{3}) \((?P<reason>[^)\n]*)\)`),
		says("returned an error: (", `The remote server returned an error: \((?P<status>\d{3})\) ?(?P<reason>[^.\n]*)`),
		says("System.Net.", `(?P<words>System\.Net\.[\w.]*(?:Exception|Error)(?: \([\w.]+\))?: .*?)(?: ---> .*)?$`),
		says(" ---> ", `---> (?P<words>System\.(?:Net|IO|Security|TimeoutException)[\w.]*(?:Exception)?(?: \([\w.]+\))?: .*?)(?: ---> .*)?$`),
		says("System.Threading.Tasks.TaskCanceledException", `(?P<words>System\.Threading\.Tasks\.TaskCanceledException: .*?)(?: ---> .*)?$`),
		says("Invoke-", `^Invoke-(?:RestMethod|WebRequest) ?: (?P<words>.*)$`),
		says("actively refused it", `(?P<words>No connection could be made because the target machine actively refused it\.?(?: \(?(?P<peer>[\w.:\[\]-]+)\)?)?)`),
		says(" refused (", `(?P<words>Connection refused \((?P<peer>[\w.:\[\]-]+)\))`),
		says(" known (", `(?P<words>(?:Name or service not known|No such host is known\.?|nodename nor servname provided, or not known) \((?P<peer>[\w.:\[\]-]+)\))`),
	},
}
