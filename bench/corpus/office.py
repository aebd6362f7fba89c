"""A report as Word and PowerPoint files with the same content as its printed pages: what hospitals' own systems export.

Plain OOXML, written by hand so that the corpus needs no library for it; what is drawn (figures, formulas) is left to the printed grades.
"""
import zipfile
from xml.sax.saxutils import escape

from report import Figure, FigureRow, Formula, KeyValues, Paragraph, Table, Title, walk

GRADES = ("docx", "pptx")
_EMU = 12700  # a point
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_SLIDE = (f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_OFFICE}" '
          'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"')


def can_write(report, grade):
    """Whether the report has nothing that only a printed page shows; a slide has no running header or footer."""
    drawn = any(isinstance(block, (Figure, FigureRow, Formula)) for block in walk(report.blocks))
    return not drawn and not (grade == "pptx" and (report.header or report.footer or report.parts))


def _package(target, parts, types):
    """`parts` {path: XML}; `types` {path: content type}."""
    overrides = "".join(f'<Override PartName="/{path}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
                        for path, kind in types.items())
    parts = {"[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
             f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
             **parts}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0)), _HEAD + xml)


def _relations(*relations):
    inside = "".join(f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{path}"/>' for i, (kind, path) in enumerate(relations, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _lines(block):
    """The lines of a block of pairs, several to a line."""
    rows = [block.pairs[i:i + block.columns] for i in range(0, len(block.pairs), block.columns)]
    return ["\t".join(f"{key}：{value}" for key, value in row) for row in rows]


# Word


def _word_run(text, bold=False):
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{pieces}</w:r>"


def _word_paragraph(runs, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _word_table(table):
    """Cells with their spans; a cell over several rows goes on as an empty one."""
    columns = max(sum(c.colspan for c in row) for row in table.rows[:1])
    below, rows = {}, []
    for row in table.rows:
        cells, column, queue = [], 0, list(row)
        while column < columns and (queue or below.get(column)):
            if below.get(column):
                left, span = below[column]
                below[column] = (left - 1, span) if left > 1 else None
                cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vMerge/></w:tcPr><w:p/></w:tc>')
                column += span
                continue
            cell = queue.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
            if cell.rowspan > 1:
                below[column] = (cell.rowspan - 1, cell.colspan)
            text = "".join(_word_paragraph(_word_run(line, cell.bold)) for line in cell.text.split("\n"))
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.colspan}"/>{merge}</w:tcPr>{text}</w:tc>')
            column += cell.colspan
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = '<w:gridCol w:w="1200"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl><w:p/>'


def _word_block(block):
    if isinstance(block, Title):
        return _word_paragraph(_word_run(block.text), f"Heading{block.level}")
    if isinstance(block, Paragraph):
        return _word_paragraph((_word_run(block.label, True) if block.label else "") + _word_run(block.text))
    if isinstance(block, KeyValues):
        return "".join(_word_paragraph(_word_run(line)) for line in _lines(block))
    caption = _word_paragraph(_word_run(block.caption)) if block.caption else ""
    return caption + _word_table(block)


def write_docx(report, target):
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="Heading{i}"><w:name w:val="heading {i}"/><w:pPr><w:outlineLvl w:val="{i - 1}"/></w:pPr></w:style>'
                     for i in range(1, 7))
    relations, types, parts, references = [("styles", "styles.xml")], {}, {}, ""
    for kind, tag in (("header", "hdr"), ("footer", "ftr")):
        text = getattr(report, kind)
        if not text:
            continue
        parts[f"word/{kind}1.xml"] = f"<w:{tag} {_WORD}>{_word_paragraph(_word_run(text.replace('{page}', '1').replace('{pages}', '1')))}</w:{tag}>"
        types[f"word/{kind}1.xml"] = f"wordprocessingml.{kind}"
        relations.append((kind, f"{kind}1.xml"))
        references += f'<w:{kind}Reference w:type="default" r:id="rId{len(relations)}"/>'
    body = "".join(_word_block(block) for block in walk(report.blocks))
    parts["word/document.xml"] = f"<w:document {_WORD}><w:body>{body}<w:sectPr>{references}</w:sectPr></w:body></w:document>"
    parts["word/styles.xml"] = f"<w:styles {_WORD}>{styles}</w:styles>"
    parts["word/_rels/document.xml.rels"] = _relations(*relations)
    parts["_rels/.rels"] = _relations(("officeDocument", "word/document.xml"))
    _package(target, parts, {"word/document.xml": "wordprocessingml.document.main", "word/styles.xml": "wordprocessingml.styles", **types})


# PowerPoint


def _slide_text(lines):
    def paragraph(text, bold, size):
        weight = ' b="1"' if bold else ""
        return f'<a:p><a:r><a:rPr lang="zh-CN" sz="{size}"{weight}/><a:t>{escape(text)}</a:t></a:r></a:p>'
    return "<a:bodyPr/>" + "".join(paragraph(*line) for line in lines)


def _slide_shape(number, lines, y, height, title=False):
    kind = '<p:nvPr><p:ph type="title"/></p:nvPr>' if title else "<p:nvPr/>"
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Text {number}"/><p:cNvSpPr/>{kind}</p:nvSpPr><p:spPr><a:xfrm><a:off x="{40 * _EMU}" y="{y * _EMU}"/>'
            f'<a:ext cx="{640 * _EMU}" cy="{height * _EMU}"/></a:xfrm></p:spPr><p:txBody>{_slide_text(lines)}</p:txBody></p:sp>')


def _slide_table(number, table, y):
    columns = max(sum(c.colspan for c in row) for row in table.rows[:1])
    below, rows = {}, []
    for row in table.rows:
        cells, queue, column = [], list(row), 0
        while column < columns and (queue or below.get(column)):
            if below.get(column):
                left, span = below[column]
                below[column] = (left - 1, span) if left > 1 else None
                cells.append('<a:tc vMerge="1"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>')
                cells += ['<a:tc hMerge="1" vMerge="1"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>'] * (span - 1)
                column += span
                continue
            cell = queue.pop(0)
            spans = (f' gridSpan="{cell.colspan}"' if cell.colspan > 1 else "") + (f' rowSpan="{cell.rowspan}"' if cell.rowspan > 1 else "")
            if cell.rowspan > 1:
                below[column] = (cell.rowspan - 1, cell.colspan)
            cells.append(f'<a:tc{spans}><a:txBody>{_slide_text([(line, cell.bold, 1000) for line in cell.text.split(chr(10))])}</a:txBody></a:tc>')
            cells += ['<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>'] * (cell.colspan - 1)
            column += cell.colspan
        rows.append(f'<a:tr h="{18 * _EMU}">{"".join(cells)}</a:tr>')
    grid = f'<a:gridCol w="{640 * _EMU // columns}"/>' * columns
    height = 18 * len(rows)
    return (f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
            f'<p:xfrm><a:off x="{40 * _EMU}" y="{y * _EMU}"/><a:ext cx="{640 * _EMU}" cy="{height * _EMU}"/></p:xfrm><a:graphic>'
            f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid>{grid}</a:tblGrid>{"".join(rows)}</a:tbl>'
            '</a:graphicData></a:graphic></p:graphicFrame>')


def write_pptx(report, target):
    """All of the report on one long slide: what stands where is what its shapes say."""
    shapes, y = [], 20
    for number, block in enumerate(walk(report.blocks), 2):
        if isinstance(block, Table):
            shapes.append(_slide_table(number, block, y))
            y += 18 * len(block.rows) + 10
            continue
        if isinstance(block, Title):
            lines = [(block.text, True, 2400 if block.level == 1 else 1600)]
        elif isinstance(block, Paragraph):
            lines = [(block.label + block.text, False, 1200)]
        else:
            lines = [(line.replace("\t", "    "), False, 1200) for line in _lines(block)]
        height = 20 * sum(1 + len(text) // 50 for text, _, _ in lines)
        shapes.append(_slide_shape(number, lines, y, height, title=number == 2))
        y += height + 6
    tree = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>' + "".join(shapes)
    _package(target, {
        "_rels/.rels": _relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation {_SLIDE}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="{720 * _EMU}" cy="{(y + 20) * _EMU}"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": _relations(("slide", "slides/slide1.xml")),
        "ppt/slides/slide1.xml": f"<p:sld {_SLIDE}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>",
    }, {"ppt/presentation.xml": "presentationml.presentation.main", "ppt/slides/slide1.xml": "presentationml.slide"})


WRITERS = {"docx": write_docx, "pptx": write_pptx}
