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
