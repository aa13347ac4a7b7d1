"""`shepsim verify` over many files: order, summary, exit codes, both forms of output."""
import json
import pathlib
import shutil
import tempfile
import unittest

from gateway import SOURCE, request, shepsim

CERTS = SOURCE / "certs"
TRUST = ["--trusted", CERTS / "trusted"]


def signed(message_id):
    done = shepsim("sign", "-", "--key", CERTS / "keys/pep.p12", "--password-file", CERTS / "keys/password", stdin=request(message_id=message_id))
    assert done.returncode == 0, done.stderr
    return done.stdout


class VerifyMany(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shepsim-verify-"))
        (self.folder / "in").mkdir()
        for n in range(20):
            (self.folder / f"in/good-{n:02}.xml").write_text(signed(f"good-{n}"), encoding="utf-8")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def add_bad(self):
        (self.folder / "in/bad.xml").write_text(signed("bad").replace(">bad<", ">worse<"), encoding="utf-8")

    def test_all_good_is_a_line_a_file_in_order_and_exit_zero(self):
        done = shepsim("verify", self.folder / "in", *TRUST)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.strip().split("\n")
        self.assertEqual(lines[:20], [f"TOTAL_PASSED  {self.folder}/in/good-{n:02}.xml" for n in range(20)])
        self.assertEqual(lines[-1], "verify: 20 files, 20 passed, 0 failed, 0 undecided")

    def test_one_bad_file_is_told_whole_and_fails_the_run(self):
        self.add_bad()
        done = shepsim("verify", self.folder / "in", *TRUST)
        self.assertEqual(done.returncode, 1)
        self.assertIn("HASH_FAILURE", done.stdout)
        self.assertIn("verify: 21 files, 20 passed, 1 failed, 0 undecided", done.stdout)

    def test_json_is_one_report_a_line_named_by_its_file(self):
        self.add_bad()
        done = shepsim("verify", self.folder / "in", "--report", "json", *TRUST)
        self.assertEqual(done.returncode, 1)
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([r["file"] for r in reports], sorted(r["file"] for r in reports))
        self.assertEqual([r["indication"] for r in reports], ["TOTAL_FAILED"] + ["TOTAL_PASSED"] * 20)
        self.assertIn("21 files", done.stderr)

    def test_undecided_files_have_an_exit_code_of_their_own_that_can_be_chosen(self):
        named = [self.folder / "in/good-00.xml", self.folder / "in/good-01.xml"]
        self.assertEqual(shepsim("verify", *named, "--trusted", CERTS / "foreign").returncode, 4)
        for choice, code in (("pass", 0), ("fail", 1)):
            done = shepsim("verify", *named, "--trusted", CERTS / "foreign", "--treat-indeterminate-as", choice)
            self.assertEqual(done.returncode, code, choice)

    def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(self):
        done = shepsim("verify", self.folder / "in", self.folder / "none.xml", *TRUST)
        self.assertEqual(done.returncode, 3)
        self.assertIn("none.xml", done.stderr)
        self.assertIn("21 files, 20 passed, 0 failed, 0 undecided, 1 not readable", done.stdout)

    def test_an_empty_folder_is_no_success(self):
        (self.folder / "empty").mkdir()
        done = shepsim("verify", self.folder / "empty", *TRUST)
        self.assertEqual(done.returncode, 3)
        self.assertIn("holds no file", done.stderr)


if __name__ == "__main__":
    unittest.main()
