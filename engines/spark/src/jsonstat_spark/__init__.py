"""JSON-stat documents as a source of Spark 4.

    from jsonstat_spark import JsonStatDataSource
    spark.dataSource.register(JsonStatDataSource)
    df = spark.read.format("jsonstat").option("content", "id").load("tables/*.json")

The driver asks jsonstat2arrow for the columns of the first document and hands out
the documents, some to a task. A task runs jsonstat2arrow for each of its documents,
one after the other, and hands the Arrow batches on as they come: it holds two at most.
What a document says is read by jsonstat2arrow alone; this module knows which documents
there are, and whether they fit together.
"""

import functools
import glob
import io
import json
import math
import os
import re
import socket
import subprocess
import sys
import tempfile
import zipimport
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

import pyarrow as pa
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import DateType, DoubleType, LongType, StringType, StructType

__all__ = ["JsonStatDataSource", "JsonStatError", "register"]

TOOL = "jsonstat2arrow"

# Options of jsonstat2arrow that are handed on under their own names. Those that say
# where it writes, and how, are ours to say.
VALUES = ("field", "content", "type", "dataset", "keep", "omit", "nan", "input-encoding")
SWITCHES = ("dates", "safe-names", "drop-constant", "non-missing", "non-empty", "all-cells", "strict", "pad")
OWN = ("path", "paths", "tool", "document")  # Spark calls a list of paths "paths"

# The types that jsonstat2arrow writes, once dictionaries are texts.
SPARK_TYPES = {pa.utf8(): StringType(), pa.float64(): DoubleType(), pa.int64(): LongType(), pa.date32(): DateType()}
ARROW_TYPES = {of_spark: of_arrow for of_arrow, of_spark in SPARK_TYPES.items()}

# Documents share a task of at most about a second and a half's work: a task itself costs
# Spark 0.04. To start the tool takes as long as to read START_BYTES.
TASK_BYTES = 24 << 20
START_BYTES = 96 << 10
PACKING = 8  # what gzip makes of a document, as a rule

SMALL = 1 << 20  # bytes of a table that is read at once; Linux gives no larger pipe

ENDINGS = (".json", ".jsonstat", ".json-stat")
PACKED = (".gz", ".zst")


class JsonStatError(Exception):
    """What is wrong with a document, or with how it was asked for, in a line."""


def register(spark):
    """Makes spark.read.format("jsonstat") known to a session."""
    spark.dataSource.register(JsonStatDataSource)


class JsonStatDataSource(DataSource):
    """The source: options as they were given, columns from the first document."""

    first = None  # the document that gave the columns, if one did

    @classmethod
    def name(cls):
        return "jsonstat"

    def schema(self):
        call = Call(self.options)
        document = find(self.options)[0]
        schema = StructType()
        with Table(call, document) as table:
            for field in table.fields():
                schema.add(field.name, SPARK_TYPES[field.type])
        if call.document is not None:
            if call.document in schema.names:
                raise JsonStatError(f'the table has a column "{call.document}" already: give another name as option "document"')
            schema.add(call.document, StringType())
        self.first = document.name
        return schema

    def reader(self, schema):
        return JsonStatReader(self.options, schema, self.first)


class JsonStatReader(DataSourceReader):
    def __init__(self, options, schema, first):
        self.options = dict(options)
        self.call = Call(options)
        self.likeness = "the table" if first is None else first
        self.types = {}
        for field in schema.fields:
            if field.dataType not in ARROW_TYPES:
                known = ", ".join(t.simpleString() for t in ARROW_TYPES)
                raise JsonStatError(f'column "{field.name}" cannot be {field.dataType.simpleString()}: the types are {known}')
            self.types[field.name] = ARROW_TYPES[field.dataType]
        self.arrow = pa.schema(list(self.types.items()))

    def partitions(self):
        """Tasks of documents that follow each other, with as much work in one as in another:
        else some processors wait for the last."""
        documents = find(self.options)
        works = [weight(document) for document in documents]
        share = sum(works) / math.ceil(sum(works) / TASK_BYTES)
        tasks, before = {}, 0
        for document, work in zip(documents, works):
            tasks.setdefault((before + work / 2) // share, []).append(document)
            before += work
        forget_archives()
        return [Task(documents) for documents in tasks.values()]

    def read(self, task):
        decoded = {}
        for document in task.documents:
            with Table(self.call, document) as table:
                self.compare(table)
                for batch in table.batches():
                    yield self.fit(batch, document, decoded)
        forget_archives()

    def compare(self, table):
        """An error unless a document has the columns that the table has, in any order."""
        want = {name: of for name, of in self.types.items() if name != self.call.document}
        got = {field.name: field.type for field in table.fields()}
        if got == want:
            return
        said = [f'it has no column "{name}"' for name in want if name not in got]
        said += [f'it has a column "{name}"' for name in got if name not in want]
        said += [f'column "{name}" is {spark_name(got[name])}, not {spark_name(of)}'
                 for name, of in want.items() if got.get(name, of) != of]
        raise JsonStatError(f"{table.document.name}: another shape than {self.likeness}: {'; '.join(said)}")

    def fit(self, batch, document, decoded):
        """The batch as Spark takes it: by the order of its columns, texts for dictionaries.
        In tables of one shape many columns are those of the table before: decoded has these."""
        columns = []
        for name in self.types:
            if name == self.call.document:
                columns.append(pa.repeat(document.name, batch.num_rows))
                continue
            column = batch.column(batch.schema.get_field_index(name))
            if isinstance(column, pa.DictionaryArray):
                before, texts = decoded.get(name, (None, None))
                if before is None or before.type != column.type or not column.equals(before):
                    texts = column.dictionary_decode()
                    decoded[name] = column, texts
                column = texts
            columns.append(column)
        return pa.RecordBatch.from_arrays(columns, schema=self.arrow)


@dataclass(frozen=True)
class Document:
    name: str  # as the user would call it, for messages
    path: str  # from the root, for executors stand elsewhere


@dataclass
class Task(InputPartition):
    documents: list


class Call:
    """The options of a read: what jsonstat2arrow is called with, and what is ours."""

    def __init__(self, options):
        flags = {"type": "float64"}  # else a document with texts would have other columns
        own = {}
        for given, value in options.items():
            option = given.lower().replace("_", "-")  # options(non_missing=True) is Python
            if option in OWN:
                own[option] = value
            elif option in VALUES:
                flags[option] = value
            elif option in SWITCHES:
                if value.lower() not in ("true", "false"):
                    raise JsonStatError(f'option "{option}" is true or false, not "{value}"')
                flags[option] = value.lower()
            else:
                known = ", ".join(sorted({*OWN, *VALUES, *SWITCHES} - {"paths"}))
                raise JsonStatError(f'there is no option "{given}": the options are {known}')
        if flags["type"] == "auto":
            raise JsonStatError('option "type" cannot be auto, by which each document would have a type of its own: '
                                "float64, double, int64 or utf8")
        self.flags = [f"--{option}={value}" for option, value in flags.items()]
        self.tool = own.get("tool")
        self.document = own.get("document")

    def start(self, document, messages):
        # Each machine may have the tool in a place of its own.
        tool = self.tool or os.environ.get("JSONSTAT2ARROW") or TOOL
        try:
            process = subprocess.Popen([tool, "--format=stream", *self.flags, document.path, "-"], env=environment(),
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=messages,
                                       close_fds=False)  # Python's own are not handed down, and to look for others takes time
        except OSError as e:
            raise JsonStatError(
                f"{tool} cannot be run on {socket.gethostname()} ({e.strerror}): install it there "
                f"(go install github.com/jsonstat-go/toolkit/cmd/{TOOL}@latest) where PATH finds it, "
                'or say where it is with option "tool" or the variable JSONSTAT2ARROW') from None
        if fcntl:
            try:  # a small table fits in whole, so that the two need not wait for each other
                fcntl.fcntl(process.stdout, 1031, SMALL)  # F_SETPIPE_SZ, which Python 3.9 does not name
            except OSError:
                pass  # not on Linux, or there are many pipes already: it is slower, no more
        return process


@functools.lru_cache(maxsize=None)
def environment():
    """What the tool finds in its environment. To make it takes a tenth of a document's time."""
    of_tool = dict(os.environ)
    of_tool.setdefault("GOMAXPROCS", "1")  # a task has one processor
    return of_tool


class Table:
    """A document as a stream of Arrow batches. What the tool says on its way is an error
    of the document if the tool fails, else a warning in the log of the executor."""

    def __init__(self, call, document):
        self.call, self.document = call, document

    def __enter__(self):
        self.messages = tempfile.TemporaryFile()  # a pipe could fill up while we read the other
        try:
            self.process = self.call.start(self.document, self.messages)
        except BaseException:
            self.messages.close()
            raise
        return self

    def __exit__(self, *_):
        # Whoever has enough, as a LIMIT or the question for the columns, ends the tool.
        self.process.stdout.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.messages.close()

    def fields(self):
        try:
            self.stream = pa.ipc.open_stream(at_once(self.process.stdout))
        except (pa.ArrowException, OSError) as e:  # the stream ends before it begins, or is none
            self.end(e)
        return [field.with_type(field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
                for field in self.stream.schema]

    def batches(self):
        try:
            yield from self.stream
        except (pa.ArrowException, OSError) as e:  # the stream is cut off
            self.end(e)
        self.end(None)

    def end(self, fault):
        """Waits for the tool, and raises what it says if it failed. A stream that is cut
        off between two batches looks like a whole one, so only the tool knows."""
        self.process.stdout.close()
        code = self.process.wait()
        self.messages.seek(0)
        said = self.messages.read().decode(errors="replace").strip()
        said = said.replace(self.document.path + ": ", "").replace(self.document.path, self.document.name)
        if code == 0 and fault is None:
            if said:
                print(f"{self.document.name}: {said}", file=sys.stderr)
            return
        if not said:
            said = f"{TOOL}: " + (f"signal {-code} ended it" if code < 0 else f"exit status {code}, {fault or 'without a word'}")
        raise JsonStatError(f"{self.document.name}: {said}") from None


def at_once(pipe):
    """The stream from a pipe, of a small table in one piece: Arrow asks for it in many."""
    front = pipe.read(SMALL)
    return pa.py_buffer(front) if len(front) < SMALL else io.BufferedReader(Rest(front, pipe))


class Rest(io.RawIOBase):
    """A pipe whose front was read already."""

    def __init__(self, front, pipe):
        self.front, self.pipe = memoryview(front), pipe

    def readable(self):
        return True

    def readinto(self, into):
        if not self.front:
            return self.pipe.readinto(into)
        n = min(len(into), len(self.front))
        into[:n] = self.front[:n]
        self.front = self.front[n:]
        return n


def forget_archives():
    """Python 3.10 and 3.11 read the directories of all archives on the path anew before each
    task and each plan, an eighth of a second for those of Spark itself, unless the cache of
    them is empty. It fills again where something is imported."""
    if sys.version_info < (3, 12):
        for path, finder in list(sys.path_importer_cache.items()):
            if isinstance(finder, zipimport.zipimporter):
                del sys.path_importer_cache[path]


def spark_name(arrow_type):
    return SPARK_TYPES[arrow_type].simpleString()


def weight(document):
    try:
        size = os.path.getsize(document.path)
    except OSError:
        size = 0  # the tool says what is wrong with it
    return START_BYTES + size * (PACKING if document.path.lower().endswith(PACKED) else 1)


def find(options):
    """The documents of a read, each once, in the order of the paths and then of names."""
    asked = {key.lower(): value for key, value in options.items()}
    paths = [p for p in (asked.get("path"), *json.loads(asked.get("paths", "[]"))) if p]
    if not paths:
        raise JsonStatError('no documents were named: load("tables/*.json"), or option "path"')
    found = {}
    for path in paths:
        for part in [path] if os.path.exists(path) else outside_braces(path):
            names = matching(local(part))
            if not names:
                beside = "" if os.path.isabs(part) else f" in {os.getcwd()}"
                raise JsonStatError(f"{part}: no document matches{beside}")
            for name in names:
                found.setdefault(os.path.abspath(name), name)
    return [Document(name, path) for path, name in found.items()]


def local(path):
    """The path of a file: URI; other addresses are none of files."""
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", path):
        return path
    uri = urlsplit(path)
    if uri.scheme.lower() != "file":
        raise JsonStatError(f"{path}: documents are read from files that every executor has under the same path, not from {uri.scheme}:")
    return unquote(uri.path)


def matching(pattern):
    if os.path.exists(pattern):
        names = [pattern]
    else:
        names = sorted({name for p in alternatives(pattern) for name in glob.glob(p, recursive=True)
                        if not hidden(name) or hidden(p)})
    documents = []
    for name in names:
        documents += in_folder(name) if os.path.isdir(name) else [name]
    return documents


def in_folder(folder):
    """The documents of a folder; what else there is in it is not seen."""
    names = []
    for name in sorted(os.listdir(folder)):
        bare = name.lower()
        for ending in PACKED:
            bare = bare.removesuffix(ending)
        if bare.endswith(ENDINGS) and not hidden(name):
            names.append(os.path.join(folder, name))
    return names


def hidden(name):
    """As elsewhere in Spark, what is called _head.json or .old.json is read by its name alone."""
    return os.path.basename(name).startswith((".", "_"))


def outside_braces(text):
    """The parts between commas, but for those in braces."""
    return [part.strip() for part in re.findall(r"(?:\{[^{}]*\}|[^,])+", text)]


def alternatives(pattern):
    """A pattern with braces as patterns without: a{b,c} as ab, ac."""
    braces = re.search(r"\{([^{}]*)\}", pattern)
    if not braces:
        return [pattern]
    return [p for choice in braces[1].split(",")
            for p in alternatives(pattern[:braces.start()] + choice + pattern[braces.end():])]
