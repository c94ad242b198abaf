"""Sockets of the Linux kernel, played from outside.

Runs inside the network namespace of a test. Reads one call per line of
standard input, as JSON: {"id": 1, "call": "connect", "with": {...}}; answers
with {"id": 1, "value": ...} or {"id": 1, "error": "ECONNREFUSED"}. Every call
has a thread of its own, so one that blocks keeps no other waiting. Ends when
its input ends.
"""

import errno
import hashlib
import json
import os
import socket
import struct
import sys
import threading
import time

handles = {}
output = threading.Lock()

# One processor sends everything, and so receives it on the loopback and runs
# the timers: two would race for the last place in an accept queue.
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def keep(sock):
    handle = f"s{sock.fileno()}.{time.monotonic_ns()}"
    handles[handle] = sock
    return {"handle": handle, "localPort": sock.getsockname()[1]}


def fresh(family, local_port):
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("", local_port))
    return sock


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def listen(port, address="0.0.0.0", backlog=256):
    sock = fresh(family_of(address), port)
    sock.listen(backlog)
    return keep(sock)


def accept(handle):
    sock, peer = handles[handle].accept()
    return {**keep(sock), "remotePort": peer[1]}


def connect(address, port, localPort=0):
    sock = fresh(family_of(address), localPort)
    try:
        sock.connect((address, port))
    except OSError:
        sock.close()
        raise
    return {**keep(sock), "remotePort": port}


def dial(address, port, bindsFirst=False, waits=True):
    """As clients do it: the port is the kernel's choice, in `connect` or in a `bind` before it.
    Unless it waits for the answer, it only sends the SYN."""
    sock = socket.socket(family_of(address), socket.SOCK_STREAM)
    try:
        if bindsFirst:
            sock.bind((address, 0))
        sock.setblocking(waits)
        sock.connect((address, port))
    except BlockingIOError:
        pass
    except OSError:
        sock.close()
        raise
    return {**keep(sock), "remotePort": port}


def send(handle, text):
    handles[handle].sendall(text.encode())
    return len(text)


def recv(handle, atMost=65536):
    """Up to so many octets; an empty text at the end of the stream."""
    return handles[handle].recv(atMost).decode()


def drain(handle):
    """Everything up to the end of the stream: how much it was, and its hash."""
    digest = hashlib.sha256()
    count = 0
    while chunk := handles[handle].recv(65536):
        digest.update(chunk)
        count += len(chunk)
    return {"bytes": count, "sha256": digest.hexdigest()}


def shutdown(handle):
    """Our direction only: a FIN."""
    handles[handle].shutdown(socket.SHUT_WR)


def close(handle):
    handles.pop(handle).close()


def reset(handle):
    """close() under SO_LINGER with no time: a RST."""
    linger = struct.pack("ii", 1, 0)
    handles[handle].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handles.pop(handle).close()


CALLS = {
    f.__name__: f
    for f in [listen, accept, connect, dial, send, recv, drain, shutdown, close, reset]
}


def answer(request):
    try:
        result = {"value": CALLS[request["call"]](**request["with"])}
    except OSError as error:
        result = {"error": errno.errorcode.get(error.errno, str(error))}
    with output:
        print(json.dumps({"id": request["id"], **result}), flush=True)


for line in sys.stdin:
    threading.Thread(target=answer, args=[json.loads(line)], daemon=True).start()
