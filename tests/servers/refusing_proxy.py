"""A forward proxy that makes tunnels, but refuses the second one with 503: as one does that is being restarted.

Prints its port of 127.0.0.1 and serves until it is ended.
"""
import socket
import sys
import threading


def pump(source, sink):
    """Carries bytes one way until that way ends."""
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(client, refused):
    """Answers one CONNECT, and carries what follows."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += client.recv(1) or sys.exit()
    if refused:
        client.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        client.close()
        return
    host, port = head.split()[1].decode().split(":")
    server = socket.create_connection((host, int(port)))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
for number in range(1, 1000):
    accepted = listener.accept()[0]
    threading.Thread(target=serve, args=(accepted, number == 2), daemon=True).start()
