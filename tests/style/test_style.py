"""The checks of style find what they are for: each seeded fault is reported, and what is without one passes."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import functions  # noqa: E402
import lines  # noqa: E402
import phpcs  # noqa: E402

ECHO = "WordPress.Security.EscapeOutput.OutputNotEscaped"
LONG = "x" * 150


class Lines(unittest.TestCase):
    def test_each_language_has_its_limit(self):
        for name, columns, is_good in [
            ("a.php", 140, True),
            ("a.php", 141, False),
            ("a.mjs", 140, True),
            ("a.js", 141, False),
            ("a.rs", 120, True),
            ("a.rs", 121, False),
            ("a.c", 121, False),
        ]:
            self.assertEqual(not list(lines.too_wide(name, ["", "é" * columns])), is_good, (name, columns))
        self.assertEqual(list(lines.too_wide("a.php", ["\t" + "x" * 137])), ["a.php:1: 141 columns, at most 140"])

    def test_a_translated_text_may_be_wide_and_nothing_beside_it(self):
        end = f"__( '{LONG}', 'bonuspay-for-woocommerce' )"
        for line in [f"\t{end},", f"return {end};", f"'key' => esc_html{end},", f"<?php esc_html_e( '{LONG}', 'bonuspay-for-woocommerce' ); ?>"]:
            self.assertEqual(list(lines.too_wide("a.php", [line])), [], line)
        for line in [f"\t'{LONG}',", f"{end} . $more;", f"{'x' * 81} {end};", f"f( {end}, {end} );", f"__( '{LONG}', 'other' );"]:
            self.assertEqual(len(list(lines.too_wide("a.php", [line]))), 1, line)

    def test_a_raw_string_of_rusts_may_be_wide(self):
        self.assertEqual(list(lines.too_wide("a.rs", [f'let a = r#"{LONG}"#;'])), [])
        self.assertEqual(len(list(lines.too_wide("a.rs", [f'let a = "{LONG}";']))), 1)

    def test_what_is_derived_is_left_out_and_what_is_tracked_is_not(self):
        with tempfile.TemporaryDirectory() as root:
            for name in ["include/bonuspay.h", "a_arginfo.h", "a.rs", "b.rs"]:
                path = pathlib.Path(root, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(LONG + "\n")
            git = ["git", "-C", root, "-c", "init.defaultBranch=main"]
            subprocess.run([*git, "init", "-q"], check=True)
            subprocess.run([*git, "add", "include", "a_arginfo.h", "a.rs"], check=True)
            run = subprocess.run([sys.executable, "-B", HERE / "lines.py", root], capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stderr), (1, "a.rs:1: 150 columns, at most 120\n"))


class Annotations(unittest.TestCase):
    def judged(self, text, *findings):
        return phpcs.judge(text.split("\n"), [(line, code, "said") for line, code in findings])

    def test_a_finding_is_reported_unless_an_annotation_covers_it(self):
        self.assertEqual(self.judged("echo $a;", (1, ECHO)), [(1, f"{ECHO}: said")])
        for text in [
            f"echo $a; // phpcs:ignore {ECHO} -- why.",
            f"// phpcs:ignore {ECHO} -- why.\necho $a;",
            f"// phpcs:disable {ECHO} -- why.\n\necho $a;\n// phpcs:enable",
        ]:
            at = text.split("\n").index(next(line for line in text.split("\n") if "echo" in line)) + 1
            self.assertEqual(self.judged(text, (at, ECHO)), [], text)
            self.assertEqual(len(self.judged(text, (at, ECHO + "2"))), 2, text)

    def test_it_covers_no_other_line(self):
        self.assertEqual(len(self.judged(f"echo $a; // phpcs:ignore {ECHO} -- why.\necho $b;", (1, ECHO), (2, ECHO))), 1)
        self.assertEqual(
            len(self.judged(f"// phpcs:disable {ECHO} -- why.\necho $a;\n// phpcs:enable\necho $b;", (2, ECHO), (4, ECHO))), 1
        )

    def test_one_without_effect_is_reported(self):
        self.assertEqual(
            self.judged(f"$a = 1; // phpcs:ignore {ECHO} -- why."), [(1, f"an annotation without effect: {ECHO}")]
        )
        both = f"echo $a; // phpcs:ignore {ECHO}, {ECHO}2 -- why."
        self.assertEqual(self.judged(both, (1, ECHO)), [(1, f"an annotation without effect: {ECHO}2")])

    def test_it_names_whole_codes_and_says_why(self):
        for text in [
            "echo $a; // phpcs:ignore",
            "echo $a; // phpcs:ignore WordPress.Security.EscapeOutput -- why.",
            f"echo $a; // phpcs:ignore {ECHO}",
            f"echo $a; // phpcs:ignoreFile {ECHO} -- why.",
        ]:
            self.assertTrue(self.judged(text, (1, ECHO)), text)


class Functions(unittest.TestCase):
    def test_functions_are_measured_by_their_lines(self):
        rust = "impl A {\n    pub fn one(&self) {\n        a();\n        b();\n    }\n\n    fn two() {}\n}\n"
        self.assertEqual(list(functions.measured("a.rs", rust.split("\n"))), [("one", 2, 4)])
        php = "class A {\n\tpublic static function one(\n\t\tint $a\n\t): void {\n\t\tb();\n\t}\n}\n"
        self.assertEqual(list(functions.measured("a.php", php.split("\n"))), [("one", 2, 5)])
        js = "async function one() {\n  a();\n}\nconst two = (x) => {\n  b();\n  c();\n};\n"
        self.assertEqual(list(functions.measured("a.mjs", js.split("\n"))), [("one", 1, 3), ("two", 4, 4)])
        # A text that ends like a function is none.
        self.assertEqual(list(functions.measured("a.mjs", ["const php = `fn() => {", "  a();", "}`;", "}"])), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-q"])
