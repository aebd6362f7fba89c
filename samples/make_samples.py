#!/usr/bin/env python3
"""Makes the documents in this folder. All of it is invented: no hospital, person or value in it is real.

Needs what bench/corpus needs (Chromium, the CJK fonts, numpy, OpenCV, pypdfium2): see bench/README.md.
Usage: make_samples.py [FOLDER]
"""
import sys
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench" / "corpus"))
import degrade  # noqa: E402
import pictures  # noqa: E402
from browser import Browser  # noqa: E402
from image_pdf import image_pdf  # noqa: E402

_STYLE = """<meta charset="utf-8"><style>@page{size:A4;margin:0}body{margin:0;font-size:14px;line-height:1.75;color:#000}
.page{width:794px;height:1120px;box-sizing:border-box;padding:56px 66px;position:relative;break-after:page}
.page:last-child{break-after:auto}h1{text-align:center;font-size:24px;margin:4px 0 14px}h2{font-size:16px;margin:12px 0 4px}
p{margin:0;text-indent:2em}p.flat{text-indent:0}.grid{display:grid;grid-template-columns:repeat(3,1fr);margin:4px 0}
table{border-collapse:collapse;width:100%;margin:6px 0}td,th{padding:3px 8px;text-align:left;font-weight:normal}
.lined td,.lined th{border:1px solid #000}.three{border-top:2px solid #000;border-bottom:2px solid #000}
.three th{border-bottom:1px solid #000;font-weight:bold}figure{margin:8px 0;text-align:center}figcaption{font-size:13px}
.foot{position:absolute;left:66px;right:66px;bottom:36px;border-top:1px solid #000;font-size:12px;text-align:center}
sup,sub{font-size:70%;line-height:0}</style>"""


def _table(style, rows):
    head = "".join(f"<th>{c}</th>" for c in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows[1:])
    return f'<table class="{style}"><tr>{head}</tr>{body}</table>'


def _grid(pairs):
    return '<div class="grid">' + "".join(f"<span>{k}：{v}</span>" for k, v in pairs) + "</div>"


def _discharge_summary(random):
    picture = pictures.image_tag(pictures.ultrasound(random, 560, 330), 330)
    return _STYLE + "<body style=\"font-family:'Noto Serif CJK SC'\"><div class=page><h1>出院小结</h1><h2>基本信息</h2>" + _grid([
        ("姓名", "张某某"), ("性别", "男"), ("年龄", "67岁"), ("住院号", "ZY0012345"), ("科室", "心血管内科"),
        ("床号", "12床"), ("入院日期", "2024-03-04"), ("出院日期", "2024-03-13")]) + (
        "<h2>主诉</h2><p>反复胸闷气促3年，加重伴下肢水肿1周。</p><h2>实验室检查</h2>") + _table("lined", [
            ("检查项目", "结果", "单位", "正常范围"), ("NT-proBNP", "1860", "pg/mL", "&lt;300"),
            ("eGFR", "48", "mL/min", "&gt;90")]) + (
        f"<figure>{picture}<figcaption>图1：心脏超声显示左室射血分数(LVEF)为40%</figcaption></figure>"
        "<h2>诊疗经过</h2><p>入院后予利尿、扩血管及改善心室重构治疗，监测出入量及电解质，气促逐渐缓解，"
        "双下肢水肿消退。</p><h2>出院诊断</h2><p>1. 慢性心力衰竭急性加重（心功能Ⅲ级）</p><p>2. 冠状动脉粥样硬化性心脏病</p>"
        "<p>3. 慢性肾脏病3期</p><h2>出院医嘱</h2><p>低盐饮食，每日测体重；呋塞米20mg 口服 每日1次；1周后心内科门诊复查。</p>"
        "</div>")


_LAB_ROWS = [
    ("白细胞计数", "WBC", "12.3 ↑", "3.5-9.5", "×10<sup>9</sup>/L"), ("中性粒细胞百分比", "NEUT%", "81.4 ↑", "40-75", "%"),
    ("淋巴细胞百分比", "LYMPH%", "13.2 ↓", "20-50", "%"), ("红细胞计数", "RBC", "4.61", "4.3-5.8", "×10<sup>12</sup>/L"),
    ("血红蛋白", "HGB", "138", "130-175", "g/L"), ("血小板计数", "PLT", "112 ↓", "125-350", "×10<sup>9</sup>/L"),
    ("C反应蛋白", "CRP", "46.8 ↑", "0-10", "mg/L"), ("葡萄糖", "GLU", "5.4", "3.9-6.1", "mmol/L"),
    ("钾", "K", "3.2 ↓", "3.5-5.3", "mmol/L"), ("肌酐", "CREA", "71", "57-97", "μmol/L")]


def _lab_report():
    rows = [("序号", "项目名称", "代号", "结果", "参考区间", "单位")] + [(str(i), *row) for i, row in enumerate(_LAB_ROWS, 1)]
    return _STYLE + "<body style=\"font-family:'Noto Sans CJK SC'\"><div class=page><h1>青松县人民医院检验报告单</h1>" + _grid([
        ("姓名", "李某某"), ("性别", "女"), ("年龄", "45岁"), ("科室", "呼吸内科"), ("标本种类", "静脉血"),
        ("样本编号", "20240612031"), ("采集时间", "2024-06-12 07:40"), ("接收时间", "2024-06-12 08:15"),
        ("报告时间", "2024-06-12 09:52")]) + _table("three", rows) + (
        "<div class=foot>检验者：陈某 &nbsp;&nbsp; 审核者：吴某 &nbsp;&nbsp; 本结果仅对所检标本负责</div></div>")


def _lab_photo():
    rows = [("检验项目", "测定结果", "提示", "参考范围", "单位"), ("谷丙转氨酶(ALT)", "68", "↑", "9-50", "U/L"),
            ("谷草转氨酶(AST)", "35", "", "15-40", "U/L"), ("总蛋白(TP)", "71.2", "", "65-85", "g/L"),
            ("白蛋白(ALB)", "38.6", "↓", "40-55", "g/L"), ("总胆红素(TBIL)", "17.9", "", "0-26", "μmol/L"),
            ("尿素(UREA)", "6.8", "", "3.1-8.0", "mmol/L"), ("肌酐(CREA)", "104", "↑", "57-97", "μmol/L"),
            ("碳酸氢根(HCO<sub>3</sub><sup>-</sup>)", "24.1", "", "22-29", "mmol/L")]
    return _STYLE + "<body style=\"font-family:'WenQuanYi Zen Hei'\"><div class=page><h1>平川市第三医院生化检验报告</h1>" + _grid([
        ("姓名", "王某某"), ("性别", "男"), ("年龄", "52岁"), ("门诊号", "M0330912"), ("标本", "血清"), ("申请医生", "赵某")]) + (
        _table("lined", rows) + "<p class=flat>报告日期：2024-05-20 10:36 &nbsp; 检验：孙某 &nbsp; 审核：周某</p></div>")


def _two_pages(random):
    picture = pictures.image_tag(pictures.radiograph(random), 210)
    foot = '<div class=foot>第 {} 页 共 2 页</div>'
    return _STYLE + "<body style=\"font-family:'AR PL UMing CN'\"><div class=page><h1>入院记录</h1>" + _grid([
        ("姓名", "刘某某"), ("性别", "女"), ("年龄", "59岁"), ("婚姻", "已婚"), ("职业", "退休"), ("住院号", "ZY0098761"),
        ("入院时间", "2024-01-08 15:20"), ("病史陈述者", "患者本人"), ("可靠程度", "可靠")]) + (
        "<p><b>主诉：</b>发热伴咳嗽、咳黄痰5天。</p><p><b>现病史：</b>患者5天前受凉后出现发热，体温最高39.1℃，伴畏寒，咳嗽，"
        "咳黄色黏痰，量中等，无痰中带血，无胸痛及盗汗。自服退热药后体温可短暂下降。昨日外院查血常规示WBC 12.3×10<sup>9</sup>/L，"
        "CRP 46.8mg/L，胸片提示右下肺斑片影，为进一步诊治收入我科。起病以来精神尚可，食欲减退，大小便正常。</p>"
        "<p><b>既往史：</b>高血压病史6年，规律服药；否认糖尿病、冠心病史，否认药物过敏史。</p>"
        "<p><b>体格检查：</b>T 38.4℃，P 96次/分，R 22次/分，BP 142/86mmHg，SpO<sub>2</sub> 95%。神志清楚，右下肺呼吸音减低，"
        "可闻及湿啰音，心律齐，腹软无压痛，双下肢无水肿。</p><h2>辅助检查</h2>"
        f"<figure>{picture}<figcaption>图1 胸部正位片</figcaption></figure>" + foot.format(1) +
        "</div><div class=page><h2>初步诊断</h2><p>1. 社区获得性肺炎（右下肺）</p><p>2. 高血压病2级</p><h2>诊疗计划</h2>"
        "<p>1. 完善血培养、痰培养及胸部CT检查。</p><p>2. 头孢曲松2.0g 静脉滴注 每日1次，氨溴索30mg 静脉滴注 每日2次。</p>"
        "<p>3. 监测体温、血氧饱和度，必要时吸氧。</p><p class=flat style='text-align:right'>医师签名：何某 &nbsp; 2024-01-08 17:05</p>"
        + foot.format(2) + "</div>")


def _english_report():
    return _STYLE + "<body style=\"font-family:'DejaVu Sans';font-size:13px\"><div class=page><h1>Abdominal Ultrasound Report</h1>" + (
        "<div class=grid><span>Name: Doe, J.</span><span>Sex: F</span><span>Age: 48 years</span><span>Patient ID: U-204417</span>"
        "<span>Ward: Outpatient</span><span>Date: 2024-02-19</span></div><h2>Indication</h2><p class=flat>Right upper quadrant "
        "pain for two weeks.</p><h2>Findings</h2><p class=flat>The liver is normal in size with a smooth contour and homogeneous "
        "echotexture. The gallbladder contains a mobile echogenic focus of 9 mm with posterior acoustic shadowing; its wall is "
        "3 mm thick. The common bile duct measures 5 mm. Both kidneys are unremarkable.</p><h2>Measurements</h2>") + _table(
            "three", [("Structure", "Result", "Unit", "Reference"), ("Liver, right lobe", "132", "mm", "&lt;150"),
                      ("Spleen length", "104", "mm", "&lt;120"), ("Common bile duct", "5", "mm", "&lt;6"),
                      ("Gallbladder wall", "3", "mm", "&lt;3")]) + (
        "<h2>Impression</h2><p class=flat>1. Cholelithiasis without signs of acute cholecystitis.</p>"
        "<p class=flat>2. No biliary dilatation.</p></div>")


def _page_pictures(pdf, dots_per_inch):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dots_per_inch / 72).to_numpy()[:, :, :3].copy() for page in document]


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20240101)

    with Browser() as browser:
        def printed(html):
            browser.load(html)
            return browser.print_pdf()

        page, = _page_pictures(printed(_discharge_summary(random)), 200)
        (folder / "discharge_summary_scan.pdf").write_bytes(image_pdf([degrade.good(page, random, {})]))
        (folder / "lab_report.pdf").write_bytes(printed(_lab_report()))
        page, = _page_pictures(printed(_lab_photo()), 200)
        photograph = degrade.photo(page, random, {})
        cv2.imwrite(str(folder / "lab_sheet_photo.jpg"), photograph.pixels, [cv2.IMWRITE_JPEG_QUALITY, 72])
        (folder / "admission_record_two_pages.pdf").write_bytes(printed(_two_pages(random)))
        page, = _page_pictures(printed(_english_report()), 150)
        cv2.imwrite(str(folder / "ultrasound_report_english.png"), cv2.cvtColor(page, cv2.COLOR_BGR2GRAY),
                    [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
