package parquetconv

import (
	"github.com/klauspost/compress/zstd"
	module "github.com/parquet-go/parquet-go/compress/zstd"
)

// zstdCodec is the module's codec but for how it packs: what repeats nothing but has some
// bytes more often than others, as numbers of a dictionary do, it would leave as it is.
type zstdCodec struct {
	module.Codec
	encoder *zstd.Encoder
}

func newZstd() (*zstdCodec, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false), zstd.WithAllLitEntropyCompression(true))
	return &zstdCodec{encoder: e}, err
}

// Encode packs bytes.
func (c *zstdCodec) Encode(dst, src []byte) ([]byte, error) {
	return c.encoder.EncodeAll(src, dst[:0]), nil
}
