package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// arrowText is an Arrow file or stream as lines: its schemas, its batches, and
// each buffer with what is in it. Where things stand does not show: a row of the
// list could not say it.
func arrowText(content []byte) (string, error) {
	var b strings.Builder
	rest := content
	whole := bytes.HasPrefix(content, []byte("ARROW1")) // a file, not a stream
	if whole {
		b.WriteString("file\n")
		rest = content[min(8, len(content)):]
	}
	for n := 0; ; n++ {
		if len(rest) < 8 {
			b.WriteString("end without a mark\n")
			return b.String(), nil
		}
		if whole && !bytes.HasPrefix(rest, []byte{0xff, 0xff, 0xff, 0xff}) { // a file may do without the mark
			arrowFooter(&b, rest)
			return b.String(), nil
		}
		size := int(int32(binary.LittleEndian.Uint32(rest[4:])))
		if !bytes.HasPrefix(rest, []byte{0xff, 0xff, 0xff, 0xff}) || size < 0 || 8+size > len(rest) {
			return "", errors.New("there is no message where one should be")
		}
		if size == 0 {
			b.WriteString("end mark\n")
			arrowFooter(&b, rest[8:])
			return b.String(), nil
		}
		message := rootTable(rest[8 : 8+size])
		body := int(message.int(3, 8))
		if body < 0 || 8+size+body > len(rest) {
			return "", errors.New("a message is longer than the file")
		}
		path := fmt.Sprintf("message[%d]", n)
		fmt.Fprintf(&b, "%s.version = %d\n", path, message.int(0, 2))
		bodyBytes := rest[8+size : 8+size+body]
		header := message.table(2)
		switch kind := message.int(1, 1); kind {
		case 1:
			arrowSchema(&b, path+".schema", header)
		case 2:
			fmt.Fprintf(&b, "%s.dictionary = %d, delta %d\n", path, header.int(0, 8), header.int(2, 1))
			arrowBatch(&b, path, header.table(1), bodyBytes)
		case 3:
			arrowBatch(&b, path, header, bodyBytes)
		default:
			fmt.Fprintf(&b, "%s.kind = %d\n", path, kind)
		}
		rest = rest[8+size+body:]
	}
}

// arrowFooter writes the schema and the blocks that an Arrow file ends with.
func arrowFooter(b *strings.Builder, rest []byte) {
	if len(rest) < 10 || string(rest[len(rest)-6:]) != "ARROW1" {
		return
	}
	size := int(int32(binary.LittleEndian.Uint32(rest[len(rest)-10:])))
	if size <= 0 || size > len(rest)-10 {
		return
	}
	footer := rootTable(rest[len(rest)-10-size : len(rest)-10])
	arrowSchema(b, "footer.schema", footer.table(1))
	for _, field := range []int{2, 3} {
		fmt.Fprintf(b, "footer.%s = %d\n", []string{"dictionaries", "batches"}[field-2], len(footer.structs(field, 24)))
	}
	arrowMetadata(b, "footer", footer.tables(4))
}

func arrowSchema(b *strings.Builder, path string, schema table) {
	for i, f := range schema.tables(1) {
		arrowField(b, fmt.Sprintf("%s.field[%d]", path, i), f)
	}
	arrowMetadata(b, path, schema.tables(2))
}

func arrowField(b *strings.Builder, path string, f table) {
	kind := f.table(3)
	fmt.Fprintf(b, "%s = %q, nullable %d, type %d (%d %d)\n", path, f.text(0), f.int(1, 1), f.int(2, 1), kind.int(0, 2), kind.int(1, 1))
	if d := f.table(4); d.b != nil {
		fmt.Fprintf(b, "%s.dictionary = %d, index %d bits, signed %d, ordered %d\n", path, d.int(0, 8), d.table(1).int(0, 4), d.table(1).int(1, 1), d.int(2, 1))
	}
	for i, child := range f.tables(5) {
		arrowField(b, fmt.Sprintf("%s.child[%d]", path, i), child)
	}
	arrowMetadata(b, path, f.tables(6))
}

func arrowMetadata(b *strings.Builder, path string, pairs []table) {
	for _, p := range pairs {
		fmt.Fprintf(b, "%s.metadata[%q] = %q\n", path, p.text(0), p.text(1))
	}
}

func arrowBatch(b *strings.Builder, path string, batch table, body []byte) {
	fmt.Fprintf(b, "%s.length = %d\n", path, batch.int(0, 8))
	for i, at := range batch.structs(1, 16) {
		fmt.Fprintf(b, "%s.node[%d] = %d values, %d nulls\n", path, i, batch.u64(at), batch.u64(at+8))
	}
	if c := batch.table(3); c.b != nil {
		fmt.Fprintf(b, "%s.compression = %d\n", path, c.int(0, 1))
	}
	for i, at := range batch.structs(2, 16) {
		from, size := batch.u64(at), batch.u64(at+8)
		if from < 0 || size < 0 || from > int64(len(body)) || size > int64(len(body))-from {
			fmt.Fprintf(b, "%s.buffer[%d] is outside of the body\n", path, i)
			continue
		}
		buffer := body[from : from+size]
		fmt.Fprintf(b, "%s.buffer[%d] = %d bytes, ", path, i, size)
		switch {
		case utf8.Valid(buffer) && !bytes.ContainsAny(buffer, "\x00\x01\x02\x03"):
			fmt.Fprintf(b, "%q\n", buffer)
		case len(buffer) <= 256:
			fmt.Fprintf(b, "0x%x\n", buffer)
		default:
			fmt.Fprintf(b, "%x\n", sha256.Sum256(buffer))
		}
	}
}
