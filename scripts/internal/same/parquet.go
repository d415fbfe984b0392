package main

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// parquetNames are the fields of the structs in Parquet's metadata by their ids,
// as parquet.thrift numbers them.
var parquetNames = names{
	"footer":          "version schema num_rows row_groups key_value created_by column_orders",
	"schema":          "type type_length repetition name num_children converted_type scale precision field_id logical_type",
	"row_groups":      "columns total_byte_size num_rows sorting_columns file_offset total_compressed_size ordinal",
	"columns":         "file_path file_offset meta offset_index_offset offset_index_length column_index_offset column_index_length",
	"meta":            "type encodings path_in_schema codec num_values uncompressed_size compressed_size key_value data_page_offset index_page_offset dictionary_page_offset statistics encoding_stats bloom_filter_offset",
	"statistics":      "max min null_count distinct_count max_value min_value is_max_exact is_min_exact",
	"encoding_stats":  "page_type encoding count",
	"sorting_columns": "column descending nulls_first",
	"key_value":       "key value",
	"page":            "type uncompressed_size compressed_size crc data_page index_page dictionary_page data_page_v2",
	"data_page":       "num_values encoding definition_levels repetition_levels statistics",
	"dictionary_page": "num_values encoding sorted",
	"data_page_v2":    "num_values num_nulls num_rows encoding definition_length repetition_length compressed statistics",
	"column_index":    "null_pages min_values max_values boundary_order null_counts",
	"offset_index":    "locations",
	"locations":       "offset compressed_size first_row",
	"logical_type":    "string map list enum decimal date time timestamp 9 integer unknown json bson uuid",
}

// placeNames are the fields that say where something stands or how much room it
// takes.
var placeNames = map[string]bool{
	"file_offset": true, "offset_index_offset": true, "offset_index_length": true, "column_index_offset": true, "column_index_length": true,
	"data_page_offset": true, "dictionary_page_offset": true, "index_page_offset": true, "offset": true,
	"total_compressed_size": true, "total_byte_size": true,
}

// parquetText is a Parquet file as lines: the footer but for who made the file,
// each page with its header and a hash of its bytes, the indexes of pages. Bytes
// that belong to none of these are there as well.
//
// The first text does not show where things stand, which a row of the list could
// not say; with them, in the second one, files that have the same lines differ in
// nothing but created_by.
func parquetText(content []byte) (text, places string, err error) {
	if len(content) < 12 || string(content[len(content)-4:]) != "PAR1" {
		return "", "", errors.New("the file has no end")
	}
	size := int(binary.LittleEndian.Uint32(content[len(content)-8:]))
	at := len(content) - 8 - size
	if at < 4 {
		return "", "", errors.New("the footer is longer than the file")
	}
	footer, err := (&thrift{b: content[at : len(content)-8]}).record()
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	parquetNames.write(&b, "footer", "footer", slices.DeleteFunc(slices.Clone(footer), func(f field) bool { return f.id == 6 }))
	p := &parquetFile{content: content, b: &b, seen: []span{{0, 4}, {at, len(content)}}}
	for i, group := range structs(get(footer, 4)) {
		for k, column := range structs(get(group, 1)) {
			if err := p.column(fmt.Sprintf("group[%d].column[%d]", i, k), column); err != nil {
				return "", "", err
			}
		}
	}
	p.rest()
	places = b.String()
	var lines strings.Builder
	for line := range strings.Lines(places) {
		name, _, _ := strings.Cut(line, " = ")
		_, name, _ = cutLast(name, ".")
		if !placeNames[name] {
			lines.WriteString(line)
		}
	}
	return lines.String(), places, nil
}

// cutLast cuts a text at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return "", s, false
}

// A parquetFile is a file that is being written as lines.
type parquetFile struct {
	content []byte
	b       *strings.Builder
	seen    []span
}

// record reads a struct at a place. It returns where it ends.
func (p *parquetFile) record(at int64, kind, path string) ([]field, int, error) {
	if at < 0 || at > int64(len(p.content)) {
		return nil, 0, errThrift
	}
	t := &thrift{b: p.content, at: int(at)}
	fields, err := t.record()
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	parquetNames.write(p.b, path, kind, fields)
	p.seen = append(p.seen, span{int(at), t.at})
	return fields, t.at, nil
}

// column writes the pages of a column of a row group, and its indexes.
func (p *parquetFile) column(path string, column []field) error {
	meta, _ := get(column, 3).([]field)
	at := number(get(meta, 9))
	if dictionary := number(get(meta, 11)); dictionary > 0 {
		at = min(at, dictionary)
	}
	end := at + number(get(meta, 7))
	for n := 0; at < end; n++ {
		page := fmt.Sprintf("%s.page[%d]", path, n)
		header, body, err := p.record(at, "page", page)
		if err != nil {
			return err
		}
		next := body + int(number(get(header, 3)))
		if next < body || next > len(p.content) {
			return errThrift
		}
		fmt.Fprintf(p.b, "%s.bytes = %x\n", page, sha256.Sum256(p.content[body:next]))
		p.seen = append(p.seen, span{body, next})
		at = int64(next)
	}
	for _, index := range []struct {
		id   int16
		kind string
	}{{4, "offset_index"}, {6, "column_index"}} {
		if offset := number(get(column, index.id)); offset > 0 {
			if _, _, err := p.record(offset, index.kind, path+"."+index.kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// rest writes what has not been seen.
func (p *parquetFile) rest() {
	slices.SortFunc(p.seen, func(a, b span) int { return a.from - b.from })
	at := 0
	for _, s := range p.seen {
		if s.from > at {
			fmt.Fprintf(p.b, "other bytes = %x\n", sha256.Sum256(p.content[at:s.from]))
		}
		at = max(at, s.to)
	}
}
