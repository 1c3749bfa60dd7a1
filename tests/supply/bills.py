"""Bills of material (CycloneDX), which say the same of the same whenever they are made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib.metadata import Distribution
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from tests.supply.licences import licence
from tests.supply.needs import FOLDERS, ROOT, brought, project, whole

REGIONS: Final = ROOT / "src" / "adminduk" / "regions" / "data"
CONTAINED: Final = REGIONS / "contained.cdx.json"
"""What the wheel of the library contains that comes from others; it is packed into its metadata."""


def installation(name: str, there: Mapping[str, Distribution]) -> str:
    """Give the bill of what installing a distribution of this clone brings.

    What comes only by an extra is marked as optional.
    """
    graph = brought(whole(name), there)
    always = brought(Requirement(name), there)
    parts = {one: _distribution(one, there, optional=one not in always) for one in graph}
    main = parts[name]
    bom = _bill(main, *(parts[one] for one in graph if one != name))
    for one, needed in graph.items():
        bom.register_dependency(parts[one], [parts[need] for need in needed])
    return _written(bom)


def contained() -> str:
    """Give the bill of what the wheel of the library contains that is not its own: region codes."""
    said = (REGIONS / "LICENSE-wilayah.txt").read_text(encoding="utf-8")
    owner, name, at = re.findall(r"github\.com/(\w+)/(\w+) at (\w+)", said)[0]
    content = (REGIONS / "wilayah.csv.gz").read_bytes()
    main = _distribution("adminduk", {}, optional=False)
    regions = Component(
        name=name,
        type=ComponentType.DATA,
        version=at,
        purl=PackageURL("github", owner, name, at),
        bom_ref=name,
        licenses=[LicenseExpression("MIT")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(content).hexdigest())],
    )
    bom = _bill(main, regions)
    bom.register_dependency(main, [regions])
    return _written(bom)


def invalid(bill: str) -> str | None:
    """Give what is wrong with a bill by the schema of CycloneDX, if anything is."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
    return None if error is None else str(error)


def _distribution(name: str, there: Mapping[str, Distribution], *, optional: bool) -> Component:
    """Give a distribution as a part; one of this clone by what it says here, not as installed."""
    own = project(name)["project"] if name in FOLDERS else None
    version = own["version"] if own else there[name].version
    return Component(
        name=name,
        type=ComponentType.LIBRARY,
        version=version,
        purl=PackageURL("pypi", None, name, version),
        bom_ref=name,
        licenses=[LicenseExpression(own["license"] if own else licence(there[name]))],
        scope=ComponentScope.OPTIONAL if optional else ComponentScope.REQUIRED,
    )


def _bill(main: Component, *parts: Component) -> Bom:
    bom = Bom(components=parts)
    bom.metadata.component = main
    bom.metadata.timestamp = None  # type: ignore[assignment] # the same bill at any time
    return bom


def _written(bom: Bom) -> str:
    """Write a bill, numbered by what it says."""
    bom.serial_number = None  # type: ignore[assignment]
    said = JsonV1Dot6(bom).output_as_string()
    bom.serial_number = uuid5(NAMESPACE_URL, said)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


if __name__ == "__main__":
    CONTAINED.write_text(contained(), encoding="utf-8")
