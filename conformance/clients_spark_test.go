package conformance_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The tests of the Spark source, which are in Python, run with the jsonstat2arrow of
// this tree.
func TestSpark(t *testing.T) {
	if _, err := exec.LookPath("java"); err != nil {
		missing(t, "not read with Spark: no java on the PATH")
	}
	if _, err := os.Stat(filepath.Join(clientsDir, pythonDir, "pyspark")); err != nil {
		missing(t, "not read with Spark: run pip install --target python -r requirements.txt in conformance/clients")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		missing(t, "not read with Spark: no python3 on the PATH")
	}
	packages, err := filepath.Abs(filepath.Join(clientsDir, pythonDir))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	tool := filepath.Join(dir, "jsonstat2arrow")
	if out, err := exec.Command("go", "build", "-o", tool, "../cmd/jsonstat2arrow").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	cmd := exec.Command(python, "-W", "ignore::ResourceWarning", "-m", "unittest", "discover", "-s", filepath.Join("..", "engines", "spark", "tests"))
	// SPARK_HOME of another Spark on this machine would be taken instead.
	cmd.Env = append(os.Environ(), "PYTHONPATH="+packages, "PYTHONDONTWRITEBYTECODE=1", "SPARK_HOME="+filepath.Join(packages, "pyspark"),
		"PYSPARK_PYTHON="+python, "JSONSTAT2ARROW="+tool, "TMPDIR="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
