package ssb

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// xml asks for XML of Statistics Norway's web site.
func (c *Client) xml(ctx context.Context, path string) (address string, text []byte, err error) {
	address = c.web + path
	text, err = c.calls.Text(ctx, transport.Request{Method: http.MethodGet, URL: address, Accept: "application/xml, text/xml, */*"})
	return address, text, public(err)
}

// eachToken goes through an XML document in UTF-8 or, whatever else it says, byte by
// byte.
func eachToken(text []byte, take func(xml.Token)) error {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
		text, err := io.ReadAll(r)
		return strings.NewReader(transport.Latin1(string(text))), err
	}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		take(token)
	}
}

// xmlTexts lists the texts of an XML document with the paths of their elements.
func xmlTexts(text []byte) ([][2]string, error) {
	var path []string
	var list [][2]string
	err := eachToken(text, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
				list = append(list, [2]string{strings.Join(path, "/"), s})
			}
		}
	})
	return list, err
}
