"""Prints what CloudFormation makes of a SAM template, as JSON.

    python transform.py template.yaml [PARAMETER=VALUE ...]

The transform is AWS's own (aws-sam-translator), which the service runs too. Parameters that are not given have their
defaults. The member Metadata says of which text the result was made.
"""

import hashlib
import json
import logging
import os
import pathlib
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")  # the transform asks for one; it stands nowhere in the result
logging.disable(logging.WARNING)  # it remarks on features that this template does not use

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The template names no managed policy of AWS for SAM to look up."""

    def load(self):
        return {}


def values(template, given):
    """The parameters as the service gives them to a transform: lists as lists."""
    found = {name: p["Default"] for name, p in template["Parameters"].items() if "Default" in p}
    found.update(g.split("=", 1) for g in given)
    for name, p in template["Parameters"].items():
        if p["Type"] == "CommaDelimitedList":
            found[name] = found[name].split(",")
    return found


def main(path, *parameters):
    text = pathlib.Path(path).read_bytes()
    template = yaml_parse(text.decode())
    # SAM wants the address of a package where the template has the folder that "sam build" builds from.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/package.zip"
    made = transform(template, values(template, parameters), NoManagedPolicies())
    made["Metadata"] = {"Source": hashlib.sha256(text).hexdigest()}
    json.dump(made, sys.stdout, indent=1, sort_keys=True, ensure_ascii=False)
    print()


main(*sys.argv[1:])
