// Package xmltoken takes XML apart into tags and the text in front of each, in one pass
// through a window that is used again: nothing is allocated for a token, whatever the
// length of the document.
//
// [Reader] goes from tag to tag and tells name, attributes and text, as they are written;
// [AppendText] undoes entities. It reads what programs write, which is UTF-8, with or
// without a byte order mark, and knows the five entities of XML and those of numbers.
// Prefixes of names are taken off. Comments and processing instructions are passed over,
// and CDATA is text. A declaration of a document type is an error: what an entity of its
// own would stand for is nobody's to say.
//
// A Reader does not hold that tags match: who goes through a large document knows which
// tags can follow. [Elements] does, for small ones, and tells where each element stands.
package xmltoken
