package parquetconv

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// HeadName is what the head of a folder of [WritePartitions] is called in it.
const HeadName = columnar.HeadName

// smallPart is the size below which parts are said to be small: engines open each of them.
const smallPart = 1 << 20

// WritePartitions writes a dataset as a folder of files that Hive, DuckDB and Spark read as
// one table: a part for each category of the dimensions that the options name, such as
// Region_part=0301/part-0.parquet, and the whole head in _head.json, which is a document
// without values. Every part has all columns, those of the dimensions that it is a part by
// too, with ids; the names of the folders are those of no column, since engines take the
// types of columns that stand in the path from there, where 0301 is a number. Labels, where
// the options ask for them, have columns of their own, and so have dates.
//
// The id of a category is percent-encoded in the name of its folder, the name of the column
// only where it has to be. Create makes a file of that name, with slashes, which is closed
// before the next one is made. Categories without rows have no file. [ReadPartitions] reads
// the folder, or some of it.
//
// The type of values is the same whatever they are: Float64 unless the options say
// otherwise, of which Auto is an error.
func WritePartitions(create func(name string) (io.WriteCloser, error), ds *jsonstat.Dataset, o *Options) error {
	if o == nil {
		o = &Options{}
	}
	p, err := newParting(ds, o)
	if err != nil {
		return err
	}
	p.create = create
	if err := p.writeHead(); err != nil {
		return err
	}
	err = p.t.Parted(p.dims, p.batch)
	if cerr := p.finish(err == nil); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	p.warn()
	return nil
}

// parting writes a dataset in parts.
type parting struct {
	ds      *jsonstat.Dataset
	o       *Options
	t       *columnar.Table
	f       *file
	dims    []int
	names   [][]string // of the folders of each dimension, by category
	strides []int64
	create  func(name string) (io.WriteCloser, error)

	out   io.WriteCloser // of the part that is written
	part  []int          // its categories
	size  counter
	files int
}

// counter counts what passes.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func newParting(ds *jsonstat.Dataset, o *Options) (*parting, error) {
	p := &parting{ds: ds, o: o, strides: ds.Shape().Strides()}
	if o.Partition == nil {
		if len(ds.Dimensions()) == 0 {
			return nil, errors.New("a dataset without dimensions has no parts")
		}
		p.dims = []int{0}
	}
	for _, id := range o.Partition {
		i, _, err := ds.FindDimension(id)
		if err != nil {
			return nil, err
		}
		if slices.Contains(p.dims, i) {
			return nil, fmt.Errorf("dimension %q is to make parts twice", id)
		}
		p.dims = append(p.dims, i)
	}
	c := columnar.Options{Content: convert.Columns, Type: o.Type, Starts: o.Dates || o.Starts}
	if o.Content == convert.Default || o.Content == convert.ID {
		c.Content = convert.ID
	}
	switch o.Type {
	case "":
		c.Type = columnar.Float64
	case Auto:
		return nil, errors.New("the type of values of a folder is not found out from them, since the next one has to have the same: it is float64, double, int64 or utf8")
	}
	for _, d := range p.dims {
		c.Stay = append(c.Stay, ds.Dimensions()[d].ID())
	}
	t, codec, err := plan(ds, o, c)
	if err != nil {
		return nil, err
	}
	part, folders := t.Part(p.dims)
	if p.f, err = newFile(part, codec, true); err != nil {
		return nil, err
	}
	p.t = t
	for i, d := range p.dims {
		names, err := folderNames(folders[i], ds.Dimensions()[d])
		if err != nil {
			return nil, err
		}
		p.names = append(p.names, names)
	}
	return p, nil
}

// longest is how many bytes the name of a folder may have in the file systems of today.
const longest = 255

// folderNames are the names of the folders of a dimension, by category.
func folderNames(name string, d *jsonstat.Dimension) ([]string, error) {
	list := make([]string, d.Len())
	seen := make(map[string]int, d.Len())
	for k := range list {
		list[k] = hiveName(name) + "=" + hive(d.CategoryID(k))
		if len(list[k]) > longest {
			return nil, fmt.Errorf("the folder of category %q of %q would have a name of %d bytes: %d is the most", short(d.CategoryID(k)), d.ID(), len(list[k]), longest)
		}
		if other, ok := seen[list[k]]; ok {
			return nil, fmt.Errorf("the categories %q and %q of %q would have one folder, %s", d.CategoryID(other), d.CategoryID(k), d.ID(), list[k])
		}
		seen[list[k]] = k
	}
	return list, nil
}

// short is a text for a message.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// writeHead writes the whole head beside the parts.
func (p *parting) writeHead() error {
	head, err := p.t.Head()
	if err != nil {
		return err
	}
	w, err := p.create(columnar.HeadName)
	if err != nil {
		return err
	}
	_, err = w.Write(append(head, '\n'))
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

// batch writes a batch to the part that it is of.
func (p *parting) batch(b *columnar.Batch) error {
	same := p.out != nil
	for i, d := range p.dims {
		k := int(b.First / p.strides[d] % int64(p.ds.Shape()[d]))
		if p.part == nil {
			p.part = make([]int, len(p.dims))
		}
		same = same && p.part[i] == k
		p.part[i] = k
	}
	if !same {
		if err := p.finish(true); err != nil {
			return err
		}
		name := ""
		for i, k := range p.part {
			name += p.names[i][k] + "/"
		}
		var err error
		if p.out, err = p.create(name + "part-0.parquet"); err != nil {
			return err
		}
		p.files++
		p.size.w = p.out
		p.f.begin(&p.size)
	}
	return p.f.batch(b)
}

// finish ends the part that is written, if there is one, whole or not.
func (p *parting) finish(whole bool) (err error) {
	if p.out == nil {
		return nil
	}
	if whole {
		err = p.f.close()
	}
	if cerr := p.out.Close(); err == nil {
		err = cerr
	}
	p.out = nil
	return err
}

// warn tells that the parts are small.
func (p *parting) warn() {
	if p.o.Warn != nil && p.files > 1 && p.size.n/int64(p.files) < smallPart {
		p.o.Warn(fmt.Sprintf("the %d parts have %d kB on average, and engines open each: a single file is smaller and faster to read below 1 MB a part", p.files, p.size.n/int64(p.files)/1000))
	}
}

// EditionFolder is the name of the folder of an edition, in a folder of several.
func EditionFolder(edition string) (string, error) {
	name := columnar.Edition + "=" + hive(edition)
	switch {
	case edition == "":
		return "", errors.New("an edition needs a name, such as 2026-11")
	case len(name) > longest:
		return "", fmt.Errorf("the folder of the edition would have a name of %d bytes: %d is the most", len(name), longest)
	}
	return name, nil
}

// IsOurs tells whether something in a folder is what [WritePartitions] puts there, or may
// have been: what stands beside editions, if it has some, else parts and their head. Names
// that begin with a dot are of others who leave their mark in any folder.
func IsOurs(name string, folder, editions bool) bool {
	switch {
	case strings.HasPrefix(name, "."):
		return true
	case editions:
		return folder && strings.HasPrefix(name, columnar.Edition+"=")
	case folder:
		return strings.Contains(name, "=")
	}
	return name == HeadName || name == "_SUCCESS" || strings.HasSuffix(name, ".parquet")
}

// hive encodes the id of a category for the name of a folder, as Hive does. An empty
// one has a name of its own there.
func hive(id string) string {
	if id == "" {
		return columnar.HiveNull
	}
	return encoded(id, `"#%'*/:=?\{[]^<>|&$+@,. `)
}

// hiveName does the same for the name of the column, but only where it must: DuckDB
// does not decode it.
func hiveName(name string) string { return encoded(name, `%/=\`) }

// encoded writes some characters, and those that control terminals, as % and two
// hexadecimal digits.
func encoded(text, these string) string {
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c == 0x7f || strings.IndexByte(these, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
