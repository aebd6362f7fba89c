"""Load on a running service: many clients that upload, many idle event streams, one that asks for a status.

Usage: python3 bench/load.py PORT PID FILE [--clients 200] [--streams 1000] [--seconds 30]
(PID: the server's process, whose memory is watched; start it with --no-auth.)
Prints one JSON line: answers by status, p50 and p99 of status requests in ms, largest resident memory of the server in MB.
"""

import argparse
import asyncio
import collections
import json
import resource
import time
import urllib.request
import uuid
from pathlib import Path


def resident_megabytes(pid):
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


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


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("pid", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    data = arguments.file.read_bytes()
    end = time.monotonic() + arguments.seconds
    answers = collections.Counter()
    times = []
    memory = [0.0]
    open_streams = []

    # A prepared task has nothing to tell: its streams are idle.
    boundary = "b"
    prepared = (f'--b\r\nContent-Disposition: form-data; name="start"\r\n\r\nfalse\r\n--b\r\n'
                f'Content-Disposition: form-data; name="file"; filename="idle.pdf"\r\n\r\n').encode() + data + b"\r\n--b--\r\n"
    with urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{arguments.port}/api/v1/tasks", prepared,
            {"Content-Type": f"multipart/form-data; boundary={boundary}"})) as answer:
        idle_task = json.load(answer)["tasks"][0]["id"]

    async def stream():
        reader, writer = await asyncio.open_connection("127.0.0.1", arguments.port)
        writer.write(f"GET /api/v1/tasks/{idle_task}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        status = int((await reader.readline()).split()[1])
        answers[f"stream {status}"] += 1
        open_streams.append(writer)
        while await reader.read(65536):
            pass

    async def uploader(number):
        count = 0
        while time.monotonic() < end:
            try:
                answers[f"upload {await exchange(arguments.port, *upload_request(data, f'{number} {count}'))}"] += 1
            except (OSError, IndexError) as error:
                answers[f"upload {type(error).__name__}"] += 1
            count += 1
            await asyncio.sleep(1)

    async def status():
        while time.monotonic() < end:
            begin = time.monotonic()
            code = await exchange(arguments.port, "GET /api/v1/tasks?limit=1 HTTP/1.1\r\nHost: localhost\r\n"
                                                  "Connection: close\r\n\r\n")
            times.append((time.monotonic() - begin) * 1000)
            answers[f"status {code}"] += 1
            memory[0] = max(memory[0], resident_megabytes(arguments.pid))
            await asyncio.sleep(0.1)

    streams = [asyncio.create_task(stream()) for _ in range(arguments.streams)]
    await asyncio.sleep(2)
    await asyncio.gather(status(), *(uploader(i) for i in range(arguments.clients)))
    times.sort()
    print(json.dumps({"answers": dict(sorted(answers.items())), "open_streams": len(open_streams),
                      "status_p50_ms": round(times[len(times) // 2], 1),
                      "status_p99_ms": round(times[int(len(times) * 0.99)], 1),
                      "server_memory_mb": round(memory[0], 1)}))
    for task in streams:
        task.cancel()


asyncio.run(main())
