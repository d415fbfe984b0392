// Package ssb asks the services that Statistics Norway has beside its tables: Klass, the
// register of classifications; Vardok, the definitions of variables; the ready-made
// datasets, which are being retired; and the tree of subjects. Tables are got with package
// pxweb.
//
//	host, _ := pxweb.FindHost("ssb")
//	c, err := ssb.New(host, nil)
//	codes, err := c.KlassCodesAt(ctx, 131, "2024-01-01") // municipalities
//
// What a server says instead of an answer is a [*pxweb.Error]; a dataset that is gone is
// a [*RetiredError].
package ssb

// client.go makes a client; klass.go, vardok.go, dataset.go and subject.go are a service
// each, the last two upon xml.go.
