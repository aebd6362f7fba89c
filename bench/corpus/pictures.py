"""Drawn medical-looking pictures and charts. All from the given numpy Generator; nothing is a real examination."""
import base64

import cv2
import numpy as np

from image_pdf import encode_jpeg


def _noise(random, height, width, grain):
    """Smooth noise 0..1 with features of about `grain` pixels."""
    small = random.random((max(2, height // grain + 2), max(2, width // grain + 2))).astype(np.float32)
    return np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)


def ultrasound(random, width=640, height=420, label=None):
    """A sector of speckle with dark chambers, as of a heart or an abdominal organ; BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    apex_x, apex_y = width / 2, -height * 0.08
    radius = np.hypot(x - apex_x, y - apex_y)
    angle = np.arctan2(x - apex_x, y - apex_y)
    sector = (np.abs(angle) < 0.72) & (radius > height * 0.12) & (radius < height * 1.03)
    tissue = 0.25 + 0.5 * _noise(random, height, width, 60)
    for _ in range(int(random.integers(3, 6))):
        cx, cy = random.uniform(0.3, 0.7) * width, random.uniform(0.3, 0.85) * height
        rx, ry = random.uniform(0.05, 0.14) * width, random.uniform(0.08, 0.2) * height
        turn = random.uniform(0, np.pi)
        dx, dy = x - cx, y - cy
        distance = np.hypot((dx * np.cos(turn) + dy * np.sin(turn)) / rx, (dy * np.cos(turn) - dx * np.sin(turn)) / ry)
        tissue *= np.where(distance < 1, 0.12, 1) + 0.6 * np.exp(-((distance - 1.05) / 0.08) ** 2)
    speckle = random.gamma(1.2, 0.8, (height, width)).astype(np.float32)
    speckle = cv2.GaussianBlur(speckle, (0, 0), 1.2)
    grey = np.clip(tissue * speckle * 210 * np.exp(-radius / height * 0.5), 0, 255) * sector
    picture = cv2.cvtColor(grey.astype(np.uint8), cv2.COLOR_GRAY2BGR)
    for mark in range(1, 8):
        cv2.line(picture, (width - 18, height * mark // 8), (width - 10, height * mark // 8), (200, 200, 200), 1)
    if label:
        cv2.putText(picture, label, (10, 22), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (210, 210, 210), 1, cv2.LINE_AA)
    return picture


def endoscopy(random, width=420, height=420):
    """A round, reddish view into a hollow organ with highlights; BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    cx, cy = width * random.uniform(0.4, 0.6), height * random.uniform(0.4, 0.6)
    depth = np.hypot(x - cx, y - cy) / (0.5 * min(width, height))
    folds = 0.5 + 0.5 * np.sin(depth * random.uniform(9, 15) + 6 * _noise(random, height, width, 90))
    light = np.clip(0.18 + 0.75 * depth ** 0.8, 0, 1) * (0.75 + 0.25 * folds)
    tone = _noise(random, height, width, 50)
    picture = np.stack([60 + 50 * tone, 80 + 60 * tone, 190 + 50 * tone], -1) * light[..., None]
    for _ in range(int(random.integers(2, 6))):
        point = (int(random.uniform(0.2, 0.8) * width), int(random.uniform(0.2, 0.8) * height))
        cv2.ellipse(picture, point, (int(random.integers(4, 14)), int(random.integers(2, 7))),
                    float(random.uniform(0, 180)), 0, 360, (245, 250, 255), -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.5)
    picture[np.hypot(x - width / 2, y - height / 2) > 0.485 * min(width, height)] = 6
    return np.clip(picture + random.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


def radiograph(random, width=420, height=480):
    """A chest-like projection: two dark lung fields, bright midline, ribs; BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    body = np.exp(-(((x - width / 2) / (width * 0.46)) ** 6)) * 175
    for side in (-1, 1):
        lung = np.hypot((x - width / 2 - side * width * 0.2) / (width * 0.155), (y - height * 0.45) / (height * 0.33))
        body -= 120 / (1 + np.exp((lung - 1) * 14))
    phase = y + 0.35 * np.abs(x - width / 2) + random.uniform(0, 30)
    body += 13 * np.maximum(0, np.sin(phase * 2 * np.pi / (height * 0.075))) * (np.abs(x - width / 2) > width * 0.06)
    body += 60 * np.exp(-((x - width / 2) / (width * 0.045)) ** 2)
    heart = np.hypot((x - width * 0.56) / (width * 0.16), (y - height * 0.62) / (height * 0.15))
    body += 80 / (1 + np.exp((heart - 1) * 10))
    body += random.normal(0, 5, body.shape)
    return cv2.cvtColor(np.clip(cv2.GaussianBlur(body, (0, 0), 1.2), 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)


def tomogram(random, width=420, height=420):
    """A head-like or trunk-like slice; BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    outer = np.hypot((x - width / 2) / (width * 0.42), (y - height / 2) / (height * 0.46))
    slice_ = np.where(outer < 1, 95 + 25 * _noise(random, height, width, 30), 4)
    slice_ += 130 * np.exp(-((outer - 0.97) / 0.035) ** 2)
    for _ in range(int(random.integers(3, 7))):
        blob = np.hypot((x - random.uniform(0.3, 0.7) * width) / (width * random.uniform(0.03, 0.1)),
                        (y - random.uniform(0.3, 0.7) * height) / (height * random.uniform(0.03, 0.1)))
        slice_ += random.choice([-50, 45]) / (1 + np.exp(np.minimum((blob - 1) * 9, 50))) * (outer < 0.9)
    slice_ += random.normal(0, 6, slice_.shape)
    return cv2.cvtColor(np.clip(cv2.GaussianBlur(slice_.astype(np.float32), (0, 0), 0.9), 0, 255).astype(np.uint8),
                        cv2.COLOR_GRAY2BGR)


def tissue_section(random, width=460, height=340):
    """A stained tissue slide: pink ground, violet nuclei; BGR."""
    ground = _noise(random, height, width, 40)[..., None]
    picture = np.array([205, 170, 235], np.float32) + ground * np.array([30, 45, 15], np.float32)
    for _ in range(int(random.integers(250, 420))):
        point = (int(random.uniform(0, width)), int(random.uniform(0, height)))
        cv2.ellipse(picture, point, (int(random.integers(3, 7)), int(random.integers(2, 5))),
                    float(random.uniform(0, 180)), 0, 360, (150, 70, 110), -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0)
    return np.clip(picture + random.normal(0, 5, picture.shape), 0, 255).astype(np.uint8)


def heart_tracing_svg(random, width=620, height=170):
    """An electrocardiogram strip on its grid, as SVG markup."""
    grid = "".join(f'<path d="M{i} 0V{height}" stroke="#f2b8b8" stroke-width="{1 if i % 50 else 1.6}"/>'
                   for i in range(0, width, 10))
    grid += "".join(f'<path d="M0 {i}H{width}" stroke="#f2b8b8" stroke-width="{1 if i % 50 else 1.6}"/>'
                    for i in range(0, height, 10))
    points, left, period = [], 0.0, random.uniform(75, 110)
    shape = [(0, 0), (0.12, 0), (0.17, 7), (0.22, 0), (0.30, 0), (0.33, -7), (0.36, 62), (0.40, -16), (0.43, 0),
             (0.58, 0), (0.67, 15), (0.75, 0), (1, 0)]
    while left < width:
        beat = period * random.uniform(0.95, 1.05)
        points += [(left + beat * t, height * 0.58 - v + random.normal(0, 0.6)) for t, v in shape]
        left += beat
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points if x < width)
    return (f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">{grid}'
            f'<polyline points="{line}" fill="none" stroke="#222" stroke-width="1.6"/></svg>')


def bar_chart_svg(random, width=380, height=210, color="#4a6fa5"):
    """A chart with axes and bars and no words, as SVG markup."""
    count = int(random.integers(4, 8))
    step = (width - 60) / count
    bars = "".join(
        f'<rect x="{45 + i * step:.0f}" y="{height - 25 - h:.0f}" width="{step * 0.6:.0f}" height="{h:.0f}" fill="{color}"/>'
        for i, h in enumerate(random.uniform(0.15, 0.95, count) * (height - 50)))
    return (f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<path d="M35 10V{height - 25}H{width - 8}" fill="none" stroke="#333" stroke-width="1.5"/>{bars}</svg>')


def line_chart_svg(random, width=380, height=210):
    """A chart of two curves, as SVG markup."""
    curves = ""
    for color in ("#b03a2e", "#2e6f9e"):
        level, points = random.uniform(0.3, 0.7), []
        for i in range(24):
            level = float(np.clip(level + random.normal(0, 0.07), 0.08, 0.92))
            points.append(f"{40 + i * (width - 60) / 23:.1f},{10 + (1 - level) * (height - 40):.1f}")
        curves += f'<polyline points="{" ".join(points)}" fill="none" stroke="{color}" stroke-width="2"/>'
    return (f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<path d="M35 10V{height - 25}H{width - 8}" fill="none" stroke="#333" stroke-width="1.5"/>{curves}</svg>')


def image_tag(pixels, css_width, quality=82):
    """An <img> with the picture inside, `css_width` CSS pixels wide."""
    data = base64.b64encode(encode_jpeg(pixels, quality)).decode()
    return f'<img style="width:{css_width}px" src="data:image/jpeg;base64,{data}">'
