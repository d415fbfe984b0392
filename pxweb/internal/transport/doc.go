// Package transport makes the calls to a server: at the pace that the server allows,
// again where there is sense in it, and with bounds for what it reads. It knows no
// table; packages pxweb and ssb say what is asked for.
//
// client.go makes a call until it succeeds or there is no sense in going on; trouble.go
// says where there is. pace.go keeps calls within the limits over all processes of
// a user; rules.go is what is known of the limits. handshake.go tells faults of TLS from
// broken connections, words.go reads what a server says instead of an answer.
package transport
