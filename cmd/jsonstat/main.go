// Jsonstat is all commands in one: what is in a file, any format to any other, tables of
// statistical offices. Called through a link of a command's name it is that command.
package main

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/calm"
	"github.com/jsonstat-go/toolkit/cmd/internal/front"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func main() {
	calm.End()
	cli.Main(front.Command())
}
