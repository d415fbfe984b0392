// Package xlsxconv writes JSON-stat datasets as Excel workbooks that an office can
// publish, and makes datasets of workbooks.
//
// A workbook has a sheet with the table, long or as a pivot, one for people with
// source, notes, units and addresses, and a hidden one that holds the head of the
// document, from which [Read] makes the same cube again, also after somebody sorted,
// filtered or corrected rows. Workbooks of others are read by the rule of
// [convert.ReadCSV]. Cells have types: numbers, texts, dates on request, and never
// a formula. The same dataset gives the same bytes.
//
// Excelize makes the workbook; the rows of the table are streamed in the place of
// its own sheet, so that memory does not depend on the number of cells.
package xlsxconv

// Files that use others stand above them. Writing begins in write.go: plan.go decides what
// the data sheets look like, frame.go what stands around their rows; longtable.go and
// pivot.go go through the cells, which sheet.go, cellwriter.go and rowwriter.go write;
// hiddenwriter.go and info.go write the two other sheets, book.go and chart.go have
// excelize make the rest, and package.go is the file. Reading begins in read.go: own.go,
// tableheader.go and datarow.go read what Write wrote, with form.go for what both sides say
// of it in the hidden sheet; whichsheet.go, plainsheet.go and plainrow.go read other
// workbooks; rowreader.go and container.go, at the bottom, are rows and parts of any.
