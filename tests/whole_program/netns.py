"""Runs tests in a network namespace that holds nothing but loopback. Usage: unshare -rn python3 netns.py TEST..."""

import fcntl
import socket
import struct
import sys
import unittest

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def bring_loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, SIOCGIFFLAGS, name))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | IFF_UP))


def interfaces():
    return [name for _, name in socket.if_nameindex()]


if __name__ == "__main__":
    bring_loopback_up()
    assert set(interfaces()) <= {"lo", "tunl0", "sit0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0"}, interfaces()
    unittest.main(module=None, argv=["netns", *sys.argv[1:]])
