"""The check of the layers finds what it is for: each seeded arrow is reported, and the tree without it is clean."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TREE = {
    "tests/layers/rust.txt": "# Ground.\n\nsrc/low\nsrc/middle\nsrc/high\n",
    "src/lib.rs": "mod high;\nmod low;\nmod middle;\npub use high::High;\n",
    "src/low.rs": "pub struct Low;\n",
    "src/middle/mod.rs": "mod one;\nmod two;\npub use one::One;\npub use two::Two;\n",
    "src/middle/one.rs": 'use crate::low::Low;\n// use crate::high::High;\npub struct One(Low, &\'static str);\n',
    "src/middle/two.rs": 'use super::One;\npub struct Two(One);\nconst SHOWN: &str = "crate::high::High";\n',
    "src/high.rs": "use crate::{low::Low, middle::{self, Two as Second}};\npub struct High(Low, middle::One, Second);\n",
}


class Layers(unittest.TestCase):
    def report(self, seeds=()):
        """What the check says of the tree after texts were added to its files; nothing when it passes."""
        with tempfile.TemporaryDirectory() as root:
            for name, text in [*TREE.items(), *seeds]:
                file = pathlib.Path(root, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("a") as out:
                    out.write(text)
            run = subprocess.run([sys.executable, "-B", HERE / "rust.py", root], capture_output=True, text=True)
            self.assertEqual(run.returncode == 0, run.stderr == "", run.stderr)
            return run.stderr

    def test_a_clean_tree_passes(self):
        self.assertEqual(self.report(), "")

    def test_circles_are_found(self):
        for seed in [
            "use super::two::Two;\n",
            "use super::Two;\n",
            "use crate::middle::{self, Two};\n",
            "fn f() { crate::middle::two::two() }\n",
            "fn f() { assert!(super::Two::is_there()) }\n",
            "#[cfg(test)]\nmod tests {\n    use super::super::two::Two;\n}\n",
        ]:
            report = self.report([("src/middle/one.rs", seed)])
            self.assertEqual(report, "src: a circle of 2: middle/one.rs, middle/two.rs\n", seed)
        report = self.report([("src/low.rs", "use crate::High;\n")])
        self.assertIn("a circle of 4: high.rs, low.rs, middle/one.rs, middle/two.rs", report)

    def test_an_arrow_that_leads_up_is_found_without_a_circle(self):
        top = [("src/lib.rs", "mod top;\n"), ("src/top.rs", "pub struct Top;\n"), ("tests/layers/rust.txt", "src/top\n")]
        self.assertEqual(self.report(top), "")
        report = self.report([*top, ("src/low.rs", "use crate::top::Top;\n")])
        self.assertEqual(report, "src: low.rs leads up to top.rs\n")

    def test_every_module_has_its_place(self):
        report = self.report([("tests/layers/rust.txt", "src/more\n")])
        self.assertEqual(report, "src: rust.txt names more, which is not there\n")
        report = self.report([("src/lib.rs", "mod more;\n"), ("src/more.rs", "")])
        self.assertEqual(report, "src: more is not in rust.txt\n")
        self.assertIn("lib.rs: no file for mod more", self.report([("src/lib.rs", "mod more;\n")]))


if __name__ == "__main__":
    unittest.main()
