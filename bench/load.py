"""Load on a running service: many clients that upload, many idle event streams, one that asks for a status.

Usage: python3 bench/load.py PORT PID FILE [--clients 200] [--streams 1000] [--all-streams 50] [--seconds 30]
(PID: the server's process, whose memory and time are watched; start it with --no-auth.)

Who asks for the status is a process of its own: the time that 200 uploading clients need of one Python process would
otherwise be counted as the server's. Each client uploads once a second; each file is another document.
Prints one JSON line: answers by status, p50 and p99 of status requests in ms, the largest resident memory of the server
in MB, its processor seconds (user, system) and what other processes of the machine took in that time.
"""

import argparse
import asyncio
import collections
import json
import multiprocessing
import os
import resource
import socket
import time
import urllib.request
import uuid
from pathlib import Path

STATUS_INTERVAL = 0.02


def resident_megabytes(pid):
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def processor_seconds(pid):
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return int(fields[11]) / ticks, int(fields[12]) / ticks


def machine_seconds():
    """What all processors did together: busy seconds."""
    values = [int(v) for v in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(values) - values[3] - values[4]) / os.sysconf("SC_CLK_TCK")


def children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(child)]
    return found


def ask_for_status(port, pid, seconds, results):
    """A page that shows the queue: one connection, a question every 20 ms."""
    times, statuses, memory = [], collections.Counter(), 0.0
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    request = b"GET /api/v1/tasks?limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.monotonic()
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = int(next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")).split(b":")[1])
        while len(body) < length:
            body += connection.recv(65536)
        times.append((time.monotonic() - begin) * 1000)
        statuses[int(head.split()[1])] += 1
        if len(times) % 10 == 0:
            memory = max(memory, resident_megabytes(pid))
        time.sleep(STATUS_INTERVAL)
    results.put((times, dict(statuses), memory))


async def exchange(port, head, body=b""):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode() + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        await reader.read()
        return status
    finally:
        writer.close()


def upload_request(data, number):
    boundary = uuid.uuid4().hex
    # A comment after the end makes each file another document.
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="load.pdf"\r\n\r\n').encode()
    body += data + f"\n%{number}\r\n--{boundary}--\r\n".encode()
    head = (f"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n")
    return head, body


def prepared_task(port, data):
    """A prepared task has nothing to tell: its streams are idle."""
    body = (f'--b\r\nContent-Disposition: form-data; name="start"\r\n\r\nfalse\r\n--b\r\n'
            f'Content-Disposition: form-data; name="file"; filename="idle.pdf"\r\n\r\n').encode() + data + b"\r\n--b--\r\n"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/tasks", body,
                                     {"Content-Type": "multipart/form-data; boundary=b"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["tasks"][0]["id"]


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("pid", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--all-streams", type=int, default=0, help="of the streams, those of all tasks")
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    data = arguments.file.read_bytes()
    answers = collections.Counter()
    open_streams = []
    idle_task = prepared_task(arguments.port, data)

    async def stream(path):
        reader, writer = await asyncio.open_connection("127.0.0.1", arguments.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        status = int((await reader.readline()).split()[1])
        answers[f"stream {status}"] += 1
        open_streams.append(writer)
        while await reader.read(65536):
            pass
        answers["stream ended"] += 1

    async def uploader(number, end):
        await asyncio.sleep(number / arguments.clients)
        count = 0
        while time.monotonic() < end:
            begin = time.monotonic()
            try:
                answers[f"upload {await exchange(arguments.port, *upload_request(data, f'{number} {count}'))}"] += 1
            except (OSError, IndexError) as error:
                answers[f"upload {type(error).__name__}"] += 1
            count += 1
            await asyncio.sleep(max(0, 1 - (time.monotonic() - begin)))

    paths = [f"/api/v1/tasks/{idle_task}/events"] * (arguments.streams - arguments.all_streams)
    streams = [asyncio.create_task(stream(path)) for path in paths + ["/api/v1/events"] * arguments.all_streams]
    while answers["stream 200"] < arguments.streams:
        await asyncio.sleep(0.1)
    results = multiprocessing.get_context("fork").Queue()
    asker = multiprocessing.get_context("fork").Process(
        target=ask_for_status, args=(arguments.port, arguments.pid, arguments.seconds, results))
    asker.start()
    family = [arguments.pid, *children(arguments.pid), os.getpid()]
    before, family_before, machine_before = processor_seconds(arguments.pid), None, machine_seconds()
    family_before = sum(sum(processor_seconds(pid)) for pid in family)
    end = time.monotonic() + arguments.seconds
    await asyncio.gather(*(uploader(i, end) for i in range(arguments.clients)))
    after, machine_after = processor_seconds(arguments.pid), machine_seconds()
    family_after = sum(sum(processor_seconds(pid)) for pid in family if Path(f"/proc/{pid}").exists())
    times, statuses, memory = results.get()
    times.sort()
    print(json.dumps({"answers": dict(sorted(answers.items())), "status_answers": statuses, "asked": len(times),
                      "status_p50_ms": round(times[len(times) // 2], 1),
                      "status_p99_ms": round(times[int(len(times) * 0.99)], 1), "status_max_ms": round(times[-1], 1),
                      "server_memory_mb": round(memory, 1),
                      "server_user_s": round(after[0] - before[0], 1), "server_system_s": round(after[1] - before[1], 1),
                      "others_s": round(machine_after - machine_before - (family_after - family_before), 1)}))
    for task in streams:
        task.cancel()


asyncio.run(main())
