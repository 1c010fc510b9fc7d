import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def files(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path.parent / "secret.png").write_bytes(b"secret")
    for name in ("images/drawing.svg", "images/page.html", "documents/minutes.png", "images/noise.png"):
        default_storage.save(name, ContentFile(SVG))
    return get_image_model().objects.create(title="A strap", file=get_test_image_file())


def test_a_picture_is_shown_to_whoever_is_signed_in(client, reader, files):
    client.force_login(reader)
    response = client.get(files.get_rendition("width-100").url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_strangers_see_no_picture(client, files):
    assert client.get(files.file.url).status_code == 302


@pytest.mark.parametrize("name", ["drawing.svg", "page.html"])
def test_what_could_run_is_never_shown_inline(client, reader, files, name):
    client.force_login(reader)
    response = client.get(f"/media/images/{name}")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["documents/minutes.png", "images/", "images/none.png", "images/../../secret.png", "images//etc/passwd", "x.png"],
)
def test_nothing_else_is_served(client, reader, files, path):
    client.force_login(reader)
    assert client.get(f"/media/{path}").status_code == 404
