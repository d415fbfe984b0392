package main

import "fmt"

// A result is what was measured in a scenario. A side that could not run has no
// figures, and why.
type result struct {
	scenario
	size     int64 // of the input
	old, new series
	oldFault string
	newFault string
	twin     bool // both sides are the same program, byte by byte
}

const pairsHead = `| scenario | slower in | old s | new s | new/old (quartiles) | old CPU s | new CPU s | new/old (quartiles) | old MB | new MB | MB in | MB out | bytes |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|`

const aloneHead = `| scenario | runs | s (quartiles) | CPU s (quartiles) | peak MB | MB in | MB out | bytes |
|---|--:|--:|--:|--:|--:|--:|---|`

// pairsRow is the line of a comparison.
func (r *result) pairsRow() string {
	wall, cpu, slower := "-", "-", "-"
	if len(r.old) > 0 && len(r.new) > 0 {
		wall = spreadOf(ratios(r.old.wall(), r.new.wall())).String()
		of := ratios(r.old.cpu(), r.new.cpu())
		cpu, slower = spreadOf(of).String(), fmt.Sprintf("%d of %d", above(of, 1), len(of))
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |", r.name, slower,
		seconds(r.old, series.wall), seconds(r.new, series.wall), wall,
		seconds(r.old, series.cpu), seconds(r.new, series.cpu), cpu,
		peak(r.old), peak(r.new), r.read(), r.written(), r.bytes())
}

// aloneRow is the line of a program that is set against nothing.
func (r *result) aloneRow() string {
	wall, cpu := "-", "-"
	if len(r.new) > 0 {
		wall, cpu = spreadOf(r.new.wall()).String(), spreadOf(r.new.cpu()).String()
	}
	return fmt.Sprintf("| %s | %d | %s | %s | %s | %s | %s | %s |", r.name, len(r.new), wall, cpu, peak(r.new), r.read(), r.written(), r.bytes())
}

// written is the size of the output, that of both sides if they differ.
func (r *result) written() string {
	switch {
	case len(r.old) == 0 && len(r.new) == 0:
		return "-"
	case len(r.old) == 0:
		return megabytes(r.new[0].size)
	case len(r.new) == 0 || r.old[0].size == r.new[0].size:
		return megabytes(r.old[0].size)
	}
	return megabytes(r.old[0].size) + ", " + megabytes(r.new[0].size)
}

// bytes tells whether both sides wrote the same, or what is wrong.
func (r *result) bytes() string {
	switch {
	case r.newFault != "" && r.oldFault != "":
		return "both: " + r.newFault
	case r.newFault != "":
		return "new: " + r.newFault
	case r.oldFault != "":
		return "old: " + r.oldFault
	case len(r.old) > 0 && r.old.varies() || r.new.varies():
		return "vary from run to run"
	case len(r.old) == 0:
		return ""
	case r.old[0].size != r.new[0].size:
		return fmt.Sprintf("differ: %+d", r.new[0].size-r.old[0].size)
	case r.old[0].sum != r.new[0].sum:
		return "differ"
	case r.twin:
		return "same program"
	}
	return "same"
}

// seconds is the median of one side.
func seconds(s series, of func(series) []float64) string {
	if len(s) == 0 {
		return "-"
	}
	return number(quantile(of(s), 0.5))
}

func peak(s series) string {
	if len(s) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", s.peak()/1024)
}

func megabytes(n int64) string { return fmt.Sprintf("%.2f", float64(n)/1e6) }

// read is the size of the input.
func (r *result) read() string {
	if r.in == "" {
		return "-"
	}
	return megabytes(r.size)
}

// String is the median with the quartiles in brackets.
func (s spread) String() string {
	return fmt.Sprintf("%s (%s–%s)", number(s.median), number(s.low), number(s.high))
}

// number has three digits or so: start-up takes milliseconds, large tables minutes.
func number(n float64) string {
	switch {
	case n < 0.1:
		return fmt.Sprintf("%.4f", n)
	case n < 10:
		return fmt.Sprintf("%.3f", n)
	}
	return fmt.Sprintf("%.1f", n)
}
