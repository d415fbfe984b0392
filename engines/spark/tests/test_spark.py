"""What Spark has of documents, held against a reading of them in Python.

    JSONSTAT2ARROW=... python3 -m unittest discover -s tests

All tests share one session: to start one takes seconds.
"""

import datetime
import gzip
import itertools
import json
import os
import sys
import tempfile
import unittest

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src")
TESTDATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "testdata")
sys.path.insert(0, SOURCE)
os.environ["PYTHONPATH"] = os.pathsep.join([SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])])  # for the workers
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession  # noqa: E402

import jsonstat_spark  # noqa: E402


def setUpModule():
    global spark
    spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
             .config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.shuffle.partitions", "2")
             .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # for a short run
             .getOrCreate())
    spark.sparkContext.setLogLevel("OFF")  # tasks that fail are meant to
    jsonstat_spark.register(spark)


def tearDownModule():
    spark.stop()


def read(path, **options):
    return spark.read.format("jsonstat").options(**options).load(path)


def rows(df):
    return [tuple(row) for row in df.collect()]


def dataset(dims, values, status=None):
    """A document: dims is {id: {category: label}}."""
    document = {"version": "2.0", "class": "dataset", "id": list(dims), "size": [len(c) for c in dims.values()],
                "dimension": {d: {"label": d, "category": {"index": list(c), "label": c}} for d, c in dims.items()},
                "value": values}
    if status is not None:
        document["status"] = status
    return document


def decoded(document, labels):
    """The rows of a dataset of version 2.0, in its order."""
    axes = []
    for d in document["id"]:
        category = document["dimension"][d]["category"]
        index = category.get("index", list(category.get("label", {})))
        ids = index if isinstance(index, list) else sorted(index, key=index.get)
        axes.append([category["label"][c] if labels and "label" in category else c for c in ids])

    def at(member, i):
        if isinstance(member, dict):
            return member.get(str(i))
        if isinstance(member, list):
            return member[i] if i < len(member) else None
        return member

    return [(*place, at(document.get("status"), i), None if value is None else float(value))
            for i, place in enumerate(itertools.product(*axes))
            for value in [at(document["value"], i)]]


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, document):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
        return path

    def fails(self, action, *parts):
        with self.assertRaises(Exception) as caught:
            action()
        for part in parts:
            self.assertIn(part, str(caught.exception))


SMALL = {"place": {"01": "Ås", "02": 'a, "b"'}, "year": {"2023": "2023", "2024": "2024"}}


class Cells(InFolder):
    def test_testdata(self):
        for name in ["oslo.json", "boats.json", "sysselsatte.json", "gdp-sparse.json", "consumption-hierarchy.json"]:
            with open(os.path.join(TESTDATA, name), encoding="utf-8") as f:
                document = json.load(f)
            for content in ["id", "label"]:
                with self.subTest(name, content=content):
                    df = read(os.path.join(TESTDATA, name), content=content)
                    self.assertEqual(df.columns, [*document["id"], "status", "value"])
                    self.assertEqual(rows(df), decoded(document, content == "label"))

    def test_many_in_order(self):
        want = []
        for i in range(300):  # more than a task takes
            document = dataset(SMALL, [i, None, -i / 8, 1e300], {"1": "..", "3": str(i)})
            path = self.write(f"t{i:03}.json", document)
            want += [(*row, path) for row in decoded(document, True)]
        df = read(self.folder, document="file")
        self.assertEqual(df.columns, ["place", "year", "status", "value", "file"])
        self.assertGreater(df.rdd.getNumPartitions(), 1)
        self.assertEqual(rows(df), want)
        self.assertEqual(df.where("file like '%t299.json'").agg({"value": "min"}).first()[0], -299 / 8)
        self.assertEqual(len(df.limit(1).collect()), 1)

    def test_other_categories_and_order(self):
        # As many categories as need wider indices, and columns the other way round.
        first = dataset(SMALL, [1, 2, 3, 4])
        many = dataset({"year": {"2024": "2024"}, "place": {f"{i:04}": f"place {i}" for i in range(300)}}, list(range(300)))
        self.write("a.json", first)
        self.write("b.json", many)
        want = decoded(first, False) + [(p, y, s, v) for y, p, s, v in decoded(many, False)]
        self.assertEqual(rows(read(self.folder, content="id")), want)

    def test_same_places_other_labels(self):
        want = []
        for i, label in enumerate(["Ås", "As", "As", None]):
            dims = {"place": {"01": label or "01", "02": "Oslo"}, "year": {"2024": "2024"}}
            document = dataset(dims, [i, i + 1])
            self.write(f"{i}.json", document)
            want += decoded(document, True)
        self.assertEqual(rows(read(self.folder)), want)

    def test_dates_and_types(self):
        path = self.write("a.json", dataset(SMALL, [1, 2, None, 2**53 + 1]))
        df = read(path, dates=True, type="int64", keep="place=02", drop_constant=True)
        self.assertEqual(dict(df.dtypes), {"year": "date", "status": "string", "value": "bigint"})
        self.assertEqual(rows(df), [(datetime.date(2023, 1, 1), None, None), (datetime.date(2024, 1, 1), None, 2**53 + 1)])
        kjønn = self.write("b.json", dataset({"Kjønn": {"1": "Males"}}, [1]))
        self.assertEqual(read(kjønn, safe_names=True).columns, ["Kjonn", "status", "value"])
        self.assertEqual([row[-1] for row in rows(read(path, type="utf8", non_missing=True))], ["1", "2", "9007199254740993"])

    def test_large(self):
        # More than is read at once, in many batches; the question for the columns ends early.
        dims = {"a": {f"{i:03}": str(i) for i in range(1000)}, "b": {f"{i:03}": str(i) for i in range(300)}}
        path = self.write("a.json", dataset(dims, list(range(300_000))))
        df = read(path)
        self.assertEqual(df.selectExpr("count(*)", "sum(value)", "sum(value - 300 * cast(a as int) - cast(b as int))").first()[:],
                         (300_000, 299_999 * 150_000.0, 0.0))
        self.assertEqual(len(df.limit(3).collect()), 3)

    def test_no_cells(self):
        path = self.write("a.json", dataset({"place": {}, "year": {"2024": "2024"}}, []))
        self.assertEqual(rows(read(path)), [])

    def test_schema_of_the_user(self):
        path = self.write("a.json", dataset(SMALL, [1, 2, 3, 4]))
        reader = spark.read.format("jsonstat").option("content", "id")
        self.assertEqual(rows(reader.schema("value double, year string, place string, status string").load(path))[1], (2.0, "2024", "01", None))
        self.fails(reader.schema("place string, year int, status string, value double").load(path).collect, 'column "year" cannot be int')

    def test_sql(self):
        self.write("a.json", dataset(SMALL, [1, 2, 3, 4]))
        spark.sql(f"create or replace temporary view t using jsonstat options (path '{self.folder}', content 'id')")
        self.assertEqual(rows(spark.sql("select place, sum(value) from t group by place order by place")), [("01", 3.0), ("02", 7.0)])


class Paths(InFolder):
    def test_which(self):
        for i, name in enumerate(["2023/a.json", "2023/b.jsonstat", "2024/a,b.json", "2024/_a.json", "2024/.a.json", "2024/a.txt", "é [1].json"]):
            self.write(name, dataset({"d": {"c": "c"}}, [i]))
        with open(self.write("packed/a.json", dataset({"d": {"c": "c"}}, [7])), "rb") as f:
            packed = gzip.compress(f.read())
        os.remove(os.path.join(self.folder, "packed", "a.json"))
        with open(os.path.join(self.folder, "packed", "a.json.gz"), "wb") as f:
            f.write(packed)

        def values(path):
            return [int(row[-1]) for row in rows(read(path))]
        here = self.folder
        self.assertEqual(values(here + "/*/*.json"), [0, 2])
        self.assertEqual(values(here), [6])
        self.assertEqual(values(here + "/20*"), [0, 1, 2])
        self.assertEqual(values(here + "/**/*.json"), [0, 2, 6])
        self.assertEqual(values(f"{here}/2024/a,b.json"), [2])
        self.assertEqual(values(f"{here}/2024, {here}/2023/a.json"), [2, 0])
        self.assertEqual(values(here + "/packed"), [7])
        self.assertEqual(values([here + "/2023", here + "/2023/a.json"]), [0, 1])
        self.assertEqual(values(here + "/{2023,2024}/a*.json"), [0, 2])
        self.assertEqual(values("file://" + here + "/2023"), [0, 1])
        self.assertEqual(values(here + "/é [1].json"), [6])
        self.assertEqual(values(here + "/2024/_*"), [3])

    def test_none(self):
        self.fails(lambda: read(self.folder + "/*.json"), self.folder + "/*.json: no document matches")
        self.fails(lambda: read(self.folder), "no document matches")
        self.fails(lambda: spark.read.format("jsonstat").load(), "no documents were named")
        self.fails(lambda: read("s3a://bucket/t.json"), "every executor", "s3a:")


class Errors(InFolder):
    def setUp(self):
        super().setUp()
        self.first = self.write("a.json", dataset(SMALL, [1, 2, 3, 4]))

    def test_document(self):
        broken = self.write("b.json", '{"version":"2.0","class":"dataset","id":["d"]')
        said = f"{broken}: jsonstat2arrow: the document ends too early"
        self.fails(lambda: read(broken), said)
        self.fails(read(self.folder).collect, said)
        # A text among figures: what the tool advises comes along.
        texts = self.write("b.json", dataset(SMALL, [1, 2, 3, "few"]))
        self.fails(read(self.folder).collect, f"{texts}: jsonstat2arrow: ", "double")
        self.assertEqual([row[-2:] for row in rows(read(self.folder, type="double"))][3:],
                         [(4.0, None), (1.0, None), (2.0, None), (3.0, None), (None, "few")])
        os.remove(texts)
        df = read(self.folder)
        os.remove(self.first)
        self.fails(df.collect, "no document matches")

    def test_cut_off(self):
        # A tool that dies on its way, within a batch, and where the stream looks whole.
        for lacks in [200, 8]:
            tool = self.write("tool", f'#!/bin/sh\n"$JSONSTAT2ARROW" "$@" | head -c -{lacks}\nkill -9 $$\n')
            os.chmod(tool, 0o755)
            self.fails(read(self.first, tool=tool).collect, f"{self.first}: jsonstat2arrow: signal 9 ended it")

    def test_no_arrow(self):
        tool = self.write("tool", "#!/bin/sh\necho this is no Arrow, but a text of some length\n")
        os.chmod(tool, 0o755)
        self.fails(lambda: read(self.first, tool=tool), f"{self.first}: jsonstat2arrow: exit status 0, ")

    def test_warning(self):
        # What the tool says beside a table is no error.
        tool = self.write("tool", '#!/bin/sh\necho "jsonstat2arrow: warning: a test" >&2\nexec "$JSONSTAT2ARROW" "$@"\n')
        os.chmod(tool, 0o755)
        self.assertEqual(read(self.first, tool=tool).count(), 4)

    def test_shape(self):
        other = self.write("b.json", dataset({"place": SMALL["place"], "month": {"2024-01": "2024-01"}}, [1, 2]))
        self.fails(read(self.folder).collect, f"{other}: another shape than {self.first}: ",
                   'it has no column "year"', 'it has a column "month"')
        other = self.write("b.json", dataset({"place": SMALL["place"], "year": {"all": "all"}}, [1, 2]))
        self.fails(read(self.folder, dates=True).collect, f"{other}: another shape", 'column "year" is string, not date')

    def test_options(self):
        self.fails(lambda: read(self.first, contents="id"), 'there is no option "contents"', "content, dataset, dates")
        self.fails(lambda: read(self.first, content="ids"), f"{self.first}: jsonstat2arrow: ", "columns")
        self.fails(lambda: read(self.first, type="auto"), '"type" cannot be auto')
        self.fails(lambda: read(self.first, dates="yes"), 'option "dates" is true or false')
        self.fails(lambda: read(self.first, document="year"), 'has a column "year" already')

    def test_tool(self):
        self.fails(lambda: read(self.first, tool="no-such-tool"), "no-such-tool cannot be run on", "go install", "JSONSTAT2ARROW")


if __name__ == "__main__":
    unittest.main()
