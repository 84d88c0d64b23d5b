"""Makes the calls that it reads from stdin, a JSON object a line, and tells what came of each.

requests is used where it is installed, else urllib and http.client of the standard library.
"""
import json
import os
import ssl
import sys
import urllib.error
import urllib.request

try:
    import requests
except ImportError:
    requests = None


def with_requests(call, headers):
    session = requests.Session()
    session.max_redirects = 5
    method = "POST" if call["body"] else "GET"
    verify = os.environ["AUTHORITY"] if call["authority"] else True
    if call["trusting"]:
        verify = False
    answer = session.request(method, call["url"], data=call["body"] or None, headers=headers, timeout=1, verify=verify)
    return answer.status_code, list(answer.headers.items()), answer.text


def with_urllib(call, headers):
    context = ssl.create_default_context(cafile=os.environ["AUTHORITY"] if call["authority"] else None)
    if call["trusting"]:
        context = ssl._create_unverified_context()
    request = urllib.request.Request(call["url"], data=call["body"].encode() or None, headers=headers)
    try:
        answer = urllib.request.urlopen(request, timeout=1, context=context)
    except urllib.error.HTTPError as refusal:
        if refusal.code < 400:
            raise
        answer = refusal
    return answer.status, list(answer.headers.items()), answer.read().decode()


def words(error):
    """The words of an error, as a traceback ends: class and message."""
    return f"{type(error).__module__}.{type(error).__name__}: {error}"


for line in sys.stdin:
    call = json.loads(line)
    headers = {"Accept": "application/json"}
    if call["body"]:
        headers["Content-Type"] = "application/json"
    told = {"kind": call["kind"], "error": "", "status": 0, "headers": [], "body": ""}
    try:
        make = with_requests if requests else with_urllib
        told["status"], told["headers"], told["body"] = make(call, headers)
    except Exception as error:  # whatever breaks is what is asked for
        told["error"] = words(error)
    print(json.dumps(told))
