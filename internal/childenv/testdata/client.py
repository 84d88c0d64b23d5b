"""Calls the address by the client that is named: urllib or requests."""
import sys

client, url = sys.argv[1:]
if client == "urllib":
    import urllib.request

    print(urllib.request.urlopen(url, timeout=20).read().decode())
else:
    import requests

    print(requests.get(url, timeout=20).text)
