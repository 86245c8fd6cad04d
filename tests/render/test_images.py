import base64
import struct
import zlib
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image as Pillow
from PIL import ImageCms, PngImagePlugin

from policy_tools.model.problem import Severity
from policy_tools.render.assets import clean_assets, clean_request
from policy_tools.render.images import clean_image, rasterise, rasterise_svg
from policy_tools.render.picture import ImageError
from policy_tools.store import Store
from tests.render.sample_paper import SECRET, make_request

SVG = "{http://www.w3.org/2000/svg}"


def drawing(content: str, attributes: str = 'viewBox="0 0 100 50"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{content}</svg>".encode()


def encode(picture: Pillow.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def colours() -> Pillow.Image:
    return Pillow.merge(
        "RGB", [Pillow.linear_gradient("L"), Pillow.radial_gradient("L"), Pillow.new("L", (256, 256), 90)]
    )


def exif(orientation: int = 1) -> Pillow.Exif:
    made = Pillow.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET
    made.get_ifd(0x8825)[29] = SECRET
    return made


def png_chunks(data: bytes) -> list[str]:
    names, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8].decode())
        at += 12 + length
    return names


def text_chunks() -> PngImagePlugin.PngInfo:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", SECRET)
    chunks.add_itxt("XML:com.adobe.xmp", SECRET)
    return chunks


HIDING = {
    "x.jpg": encode(colours(), "JPEG", exif=exif(), comment=SECRET.encode(), xmp=SECRET.encode()),
    "x.png": encode(colours(), "PNG", exif=exif(), pnginfo=text_chunks()),
    "x.webp": encode(colours(), "WEBP", exif=exif(), xmp=SECRET.encode()),
    "x.gif": encode(colours().convert("P"), "GIF", comment=SECRET.encode()),
}


@pytest.mark.parametrize("name", HIDING)
def test_hidden_words_are_gone(name: str) -> None:
    data = HIDING[name] + SECRET.encode()
    cleaned = clean_image(data, name)
    assert SECRET.encode() in HIDING[name]
    assert SECRET.encode() not in cleaned.data
    assert (cleaned.width, cleaned.height) == (256, 256)
    assert clean_image(data, name) == cleaned
    with Pillow.open(BytesIO(cleaned.data)) as picture:
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {
            "version",
            "background",
            "dpi",
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "timestamp",
        }


def test_a_png_keeps_its_pixels_and_its_resolution() -> None:
    data = encode(colours(), "PNG", dpi=(300, 300), pnginfo=text_chunks())
    cleaned = clean_image(data, "x.png").data
    assert set(png_chunks(cleaned)) == {"IHDR", "pHYs", "IDAT", "IEND"}
    with Pillow.open(BytesIO(cleaned)) as picture:
        assert picture.tobytes() == colours().tobytes()
        assert round(picture.info["dpi"][0]) == 300


def test_transparency_stays() -> None:
    picture = Pillow.new("RGBA", (4, 4), (10, 20, 30, 128))
    with Pillow.open(BytesIO(clean_image(encode(picture, "PNG"), "x.png").data)) as cleaned:
        assert cleaned.convert("RGBA").getpixel((0, 0)) == (10, 20, 30, 128)


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (60, 40), (0, 0)), (6, (40, 60), (39, 0)), (3, (60, 40), (59, 39))],
)
def test_a_photograph_is_turned_upright(
    orientation: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    picture = Pillow.new("RGB", (60, 40), "white")
    picture.paste("black", (0, 0, 8, 8))
    cleaned = clean_image(encode(picture, "JPEG", exif=exif(orientation)), "x.jpeg")
    with Pillow.open(BytesIO(cleaned.data)) as shown:
        assert (cleaned.width, cleaned.height) == shown.size == size
        assert shown.convert("L").getpixel(corner) in range(40)


def test_a_colour_profile_is_dropped() -> None:
    red = Pillow.new("RGB", (8, 8), (200, 50, 50))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_profile, plain = encode(red, "PNG", icc_profile=profile), encode(red, "PNG")
    assert "iCCP" in png_chunks(with_profile)
    assert clean_image(with_profile, "x.png").data == clean_image(plain, "x.png").data


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is very large."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * ((width // 8 + 1) * min(height, 20_000)), 9)
    data = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")):
        data += (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )
    return data


@pytest.mark.parametrize("side", [6_400, 10_000, 20_000])
def test_a_bomb_is_refused_by_its_header(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_: object) -> None:
        raise AssertionError("a pixel was decoded")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", explode)
    with pytest.raises(ImageError, match=r"^x\.png has more than 40 million pixels"):
        clean_image(bomb(side, side), "x.png")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.png", encode(colours(), "PNG")[:-300], "x.png is broken: it cannot be read to its end as PNG."),
        ("x.jpg", encode(colours(), "JPEG")[:-900], "x.jpg is broken: it cannot be read to its end as JPEG."),
        ("x.gif", b"GIF89a", "x.gif is broken: it cannot be read to its end as GIF."),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "x.png is broken: it cannot be read to its end as PNG."),
        ("x.png", b"", "x.png is not a PNG, JPEG, GIF, WebP or SVG picture."),
        ("x.png", b"%PDF-1.7", "x.png is not a PNG, JPEG, GIF, WebP or SVG picture."),
        ("x.png", encode(colours(), "JPEG"), "x.png holds a JPEG picture: give it a name that ends in .jpg."),
        ("x.png", drawing(""), "x.png holds a SVG picture: give it a name that ends in .svg."),
        ("x.svg", b"<html></html>", "x.svg is XML but not an SVG drawing."),
        ("x.svg", drawing("", ""), "x.svg does not say how large it is: give the svg element a viewBox."),
        (
            "x.svg",
            drawing("", 'viewBox="0 0 1 90000"'),
            "x.svg has sides of 1 by 90000 pixels, which no page can show.",
        ),
        (
            "x.svg",
            drawing("").decode().encode("utf-16"),
            "x.svg is not a PNG, JPEG, GIF, WebP or SVG picture.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(ImageError) as refused:
        clean_image(data, name)
    assert str(refused.value) == sentence


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script in another namespace": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    "event": '<rect onclick="alert(1)" ONLOAD="alert(1)"/>',
    "foreign object": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">alert</p></foreignObject>',
    "link": '<a xlink:href="javascript:alert(1)"><text>words</text></a>',
    "external picture": '<image xlink:href="http://evil.example/x.png" width="1" height="1"/>',
    "local file": '<image href="file:///etc/passwd" width="1" height="1"/>',
    "drawing in a drawing": '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="1" height="1"/>',
    "external use": '<use href="http://evil.example/x.svg#a"/>',
    "external paint": '<rect fill="url(http://evil.example/#a)"/>',
    "external paint with an escape": r'<rect fill="u\72l(http://evil.example/#a)"/>',
    "external style": '<rect style="fill:red;background:url(//evil.example)"/>',
    "import": '<style>@import "http://evil.example/x.css"; rect{fill:red}</style>',
    "import after a comment": "<style>/* */@import/**/url(http://evil.example);rect{fill:red}</style>",
    "font": "<style>@font-face{font-family:x;src:url(http://evil.example)}</style>",
    "animation": '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
    "handler": '<handler type="text/javascript">alert(1)</handler>',
    "processing instruction": '<?xml-stylesheet href="http://evil.example/x.css"?>',
    "comment": "<!-- evil.example -->",
    "metadata": "<metadata>evil.example</metadata>",
    "editor": '<g xmlns:i="http://inkscape.example" i:path="/home/evil.example/x"/>',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_drawing_can_only_draw(content: str) -> None:
    cleaned = clean_image(drawing(content + '<rect id="kept" width="5" height="5"/>'), "x.svg").data
    for sign in (
        b"alert",
        b"evil",
        b"script",
        b"javascript",
        b"onclick",
        b"file:",
        b"foreign",
        b"@",
        b"<?",
        b"<!--",
    ):
        assert sign not in cleaned
    assert b'id="kept"' in cleaned


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]>', "declares XML entities"),
        ("<g>" * 3_000 + "</g>" * 3_000, "is broken"),
        ('<g id="a"><use href="#a"/></g>', "repeats itself without end"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "repeats itself without end"),
        (
            '<rect fill="url(#p)"/><pattern id="p"><rect fill="url(#p)"/></pattern>',
            "repeats itself without end",
        ),
        (
            '<g id="n0"><rect/></g>'
            + "".join(f'<g id="n{n}">' + f'<use href="#n{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)),
            "draws more than 200000 parts",
        ),
        ("".join(f'<g id="n{n}"><use href="#n{n + 1}"/></g>' for n in range(3_000)), "nests its parts"),
        ("<rect", "is broken"),
    ],
)
def test_a_drawing_that_would_exhaust_the_machine_is_refused(content: str, words: str) -> None:
    data = content.encode() + drawing("") if content.startswith("<!") else drawing(content)
    with pytest.raises(ImageError, match=words):
        clean_image(data, "x.svg")


def test_long_nonsense_in_a_style_takes_no_time() -> None:
    nonsense = "a" * 300_000 + "/*" * 300_000 + "url(" * 100_000
    cleaned = clean_image(drawing(f"<style>{nonsense}</style>"), "x.svg")
    assert b"style" not in cleaned.data


def test_what_draws_and_describes_stays() -> None:
    content = (
        "<title>Growth</title><desc>A rising line</desc>"
        "<style>.line{stroke:red;fill:none} text{font-family:Arial}</style>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<path class="line" d="M0 0L10 10" transform="scale(2)"/><rect fill="url(#g)" width="5" height="5"/>'
        '<text x="1" y="2">Words <tspan>here</tspan> and <a href="http://x.example">there</a>.</text>'
    )
    root = etree.fromstring(clean_image(drawing(content), "x.svg").data)
    assert root.findtext(f"{SVG}title") == "Growth"
    assert root.findtext(f"{SVG}desc") == "A rising line"
    assert root.findtext(f"{SVG}style") == (
        ".line {stroke:red;fill:none}\ntext {font-family:Arial, 'Public Sans', sans-serif}"
    )
    text = root.find(f"{SVG}text")
    assert text is not None
    assert "".join(str(part) for part in text.itertext()) == "Words here and there."
    assert root.xpath("string(//@fill)") == "url(#g)"


@pytest.mark.parametrize(
    ("attributes", "size", "box"),
    [
        ('viewBox="0 0 300 150"', (300, 150), "0 0 300 150"),
        ('viewBox="0 0 300 150" width="600"', (600, 300), "0 0 300 150"),
        ('width="100%" height="100%" viewBox="-5,-5 300 150"', (300, 150), "-5 -5 300 150"),
        ('width="72pt" height="1in"', (96, 96), "0 0 96 96"),
        ('width="25.4mm" height="2.54cm"', (96, 96), "0 0 96 96"),
    ],
)
def test_a_drawing_has_a_size(attributes: str, size: tuple[int, int], box: str) -> None:
    cleaned = clean_image(drawing("", attributes), "x.svg")
    assert (cleaned.width, cleaned.height) == size
    assert etree.fromstring(cleaned.data).get("viewBox") == box


def test_a_picture_inside_a_drawing_is_cleaned_too() -> None:
    inside = base64.b64encode(HIDING["x.jpg"]).decode()
    cleaned = clean_image(
        drawing(f'<image href="data:image/jpeg;base64,{inside}" width="9" height="9"/>'), "x.svg"
    )
    link = str(etree.fromstring(cleaned.data)[0].get("{http://www.w3.org/1999/xlink}href"))
    assert SECRET.encode() not in base64.b64decode(link.partition(",")[2])


def test_a_drawing_becomes_pixels_for_word() -> None:
    cleaned = clean_image(drawing('<rect width="50" height="50" fill="#f00"/>'), "x.svg")
    with Pillow.open(BytesIO(rasterise(cleaned))) as picture:
        assert picture.size == (200, 100)
        assert picture.getpixel((40, 50)) == (255, 0, 0)
        assert picture.getpixel((160, 50)) == (255, 255, 255)
        assert round(picture.info["dpi"][0]) == 192
    assert rasterise_svg(cleaned.data, 200) == rasterise(cleaned)


def test_words_in_a_drawing_are_set_in_a_readable_weight() -> None:
    def ink(weight: str) -> int:
        words = f'<text y="40" font-size="30" font-family="Arial" font-weight="{weight}">Bank</text>'
        with Pillow.open(BytesIO(rasterise_svg(clean_image(drawing(words), "x.svg").data, 400))) as picture:
            return sum(picture.convert("L").histogram()[:128])

    assert 1.2 * ink("normal") < ink("bold") < 2 * ink("normal")


def test_assets_are_cleaned_once_and_found_by_name(tmp_path: Path) -> None:
    request = make_request(tmp_path)
    with Store(tmp_path / "store.db") as store:
        first, problems = clean_assets(
            request.assets, dict(request.asset_digests), tmp_path / "images", store
        )
        for path in request.assets.values():
            path.write_bytes(b"changed: only the digest counts")
        again, _ = clean_assets(request.assets, dict(request.asset_digests), tmp_path / "elsewhere", store)
    assert problems == ()
    assert [path.name for path in first.values()] == [path.name for path in again.values()]
    assert [path.suffix for path in first.values()] == [".svg", ".jpg"]
    assert first["growth.svg"].with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    for name in first:
        assert first[name].read_bytes() == again[name].read_bytes()
        assert SECRET.encode() not in first[name].read_bytes()


def test_problems_stand_where_the_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"nonsense")
    (tmp_path / "acts.svg").write_bytes(drawing("<script>1</script>"))
    (tmp_path / "data.csv").write_text("a,b\n")
    names = ("acts.svg", "bad.png", "data.csv")
    digests = tuple((name, sha256((tmp_path / name).read_bytes()).hexdigest()) for name in names)
    text = "Words.\n\n![One](acts.svg) and ![two](bad.png)\n"
    assets = {name: tmp_path / name for name in names}
    request = replace(make_request(tmp_path, text), assets=assets, asset_digests=digests)
    with Store(tmp_path / "store.db") as store:
        cleaned, problems = clean_request(request, tmp_path / "images", store)
    assert sorted(cleaned.assets) == ["acts.svg", "data.csv"]
    assert cleaned.assets["data.csv"] == tmp_path / "data.csv"
    assert [(p.path, p.line, p.column, p.code, p.severity) for p in problems] == [
        ("papers/nib/paper.md", 3, 8, "image.simplified", Severity.WARNING),
        ("papers/nib/paper.md", 3, 29, "image.unusable", Severity.ERROR),
    ]
