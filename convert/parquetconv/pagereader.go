package parquetconv

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// pageReader reads the pages of a column in a row group as they stand in the file.
type pageReader struct {
	section *io.SectionReader
	r       *bufio.Reader
	decoder thrift.Decoder
	codec   compress.Codec // nil for none, and for lz4
	lz4     bool
	packed  []byte // a page as it stands in the file
	plain   []byte // the same without compression
}

func (p *pageReader) open(r io.ReaderAt, chunk *format.ColumnMetaData) error {
	from := chunk.DataPageOffset
	if d := chunk.DictionaryPageOffset; d != 0 {
		from = d
	}
	if from < 0 || chunk.TotalCompressedSize < 0 {
		return errPage
	}
	p.section = io.NewSectionReader(r, from, chunk.TotalCompressedSize)
	p.r = bufio.NewReader(p.section)
	p.decoder.Reset(new(thrift.CompactProtocol).NewReader(p.r))
	switch chunk.Codec {
	case format.Uncompressed:
	case format.Lz4Raw:
		p.lz4 = true
	default:
		p.codec = parquet.LookupCompressionCodec(chunk.Codec)
	}
	return nil
}

// next reads the header of the next page; at the end it is io.EOF.
func (p *pageReader) next() (*format.PageHeader, error) {
	var header format.PageHeader
	if err := p.decoder.Decode(&header); err != nil {
		return nil, err
	}
	return &header, nil
}

// read reads the page behind a header.
func (p *pageReader) read(header *format.PageHeader) error {
	size := int64(header.CompressedPageSize)
	if size < 0 || header.UncompressedPageSize < 0 || size > p.section.Size() {
		return errPage
	}
	if int64(cap(p.packed)) < size {
		p.packed = make([]byte, size)
	}
	p.packed = p.packed[:size]
	if _, err := io.ReadFull(p.r, p.packed); err != nil {
		return err
	}
	if header.CRC != 0 && crc32.ChecksumIEEE(p.packed) != uint32(header.CRC) {
		return errors.New("a page has another checksum than it claims")
	}
	return nil
}

// levels are how many bytes of a page of the second version its levels take, in front
// of what is compressed: those of repetition and those of definition.
func (p *pageReader) levels(header *format.PageHeader) (repetition, definition int64, err error) {
	h := header.DataPageHeaderV2.V
	repetition, definition = int64(h.RepetitionLevelsByteLength), int64(h.DefinitionLevelsByteLength)
	if repetition < 0 || definition < 0 || repetition+definition > int64(len(p.packed)) {
		return 0, 0, errLevels
	}
	return repetition, definition, nil
}

// unpack is a text without its compression.
func (p *pageReader) unpack(text []byte, claimed int32) (_ []byte, err error) {
	if len(text) == 0 || p.codec == nil && !p.lz4 {
		return text, nil
	}
	const always, expansion, lz4Expansion = 1 << 20, 64, 255 // more room than that is made as it is needed
	most := expansion
	if p.lz4 {
		most = lz4Expansion // no text gives more
	}
	if room := min(int(claimed), max(always, most*len(text))); cap(p.plain) < room {
		p.plain = make([]byte, room)
	}
	if !p.lz4 {
		p.plain, err = p.codec.Decode(p.plain[:cap(p.plain)], text)
		return p.plain, err
	}
	// The module makes twice the room again and again until a page fits, and one that is
	// damaged never does.
	n, err := lz4.UncompressBlock(text, p.plain[:min(int(claimed), cap(p.plain))])
	if err != nil {
		return nil, fmt.Errorf("lz4: %w", errPage)
	}
	return p.plain[:n], nil
}

// checkLZ4 goes through the pages of a column that the module is to read, which ends
// only if they are sound.
func checkLZ4(r io.ReaderAt, chunk *format.ColumnMetaData) error {
	var p pageReader
	if err := p.open(r, chunk); err != nil {
		return err
	}
	for {
		header, err := p.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = p.read(header)
		}
		if err != nil {
			return err
		}
		text, claimed := p.packed, header.UncompressedPageSize
		if header.Type == format.DataPageV2 {
			before, n, err := p.levels(header)
			if err != nil {
				return err
			}
			text = text[before+n:]
			if h := header.DataPageHeaderV2.V; h.IsCompressed.Valid && !h.IsCompressed.V {
				text = nil
			}
		}
		if _, err := p.unpack(text, claimed); err != nil {
			return err
		}
	}
}
