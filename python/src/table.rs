//! Tables of a run in Arrow's memory, handed over through its C data interface.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, Float64Array, Int32Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use dotacija::report::tables::{self, Cell, Kind};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use std::sync::Arc;

/// A table: columns of texts, years and figures.
#[pyclass(frozen)]
#[derive(Clone)]
pub struct Table {
    batch: RecordBatch,
}

impl Table {
    /// The columns of a table of the program.
    pub fn of(table: &tables::Table<'_>) -> Result<Self, ArrowError> {
        let columns = table.columns.iter().zip(table.kinds()).enumerate();
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns
            .map(|(at, (name, kind))| {
                let cells = table.rows.iter().filter_map(|row| row.get(at));
                let (of, array) = array(kind, cells);
                (Field::new(name, of, kind == Kind::Figure), array)
            })
            .unzip();
        let schema = Arc::new(Schema::new(fields));
        Ok(Self { batch: RecordBatch::try_new(schema, arrays)? })
    }
}

fn array<'c>(kind: Kind, cells: impl Iterator<Item = &'c Cell<'c>>) -> (DataType, ArrayRef) {
    match kind {
        Kind::Text => {
            let texts = cells.map(|cell| match cell {
                Cell::Text(text) => text.to_string(),
                Cell::Year(year) => year.to_string(),
                _ => String::new(),
            });
            (DataType::Utf8, Arc::new(StringArray::from_iter_values(texts)))
        }
        Kind::Year => {
            let years = cells.map(|cell| if let Cell::Year(year) = cell { *year } else { 0 });
            (DataType::Int32, Arc::new(Int32Array::from_iter_values(years)))
        }
        Kind::Figure => {
            (DataType::Float64, Arc::new(cells.map(Cell::figure).collect::<Float64Array>()))
        }
    }
}

fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl Table {
    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The names of the columns, in their order.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// What each column holds: `text`, `year` or `figure`.
    #[getter]
    fn kinds(&self) -> Vec<&'static str> {
        let schema = self.batch.schema();
        let kind = |field: &Arc<Field>| match field.data_type() {
            DataType::Utf8 => "text",
            DataType::Int32 => "year",
            _ => "figure",
        };
        schema.fields().iter().map(kind).collect()
    }

    /// The values of a column; `None` where a figure is missing.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.batch.column_by_name(name);
        let column = column.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?.as_any();
        if let Some(texts) = column.downcast_ref::<StringArray>() {
            PyList::new(py, texts.iter().collect::<Vec<Option<&str>>>())
        } else if let Some(years) = column.downcast_ref::<Int32Array>() {
            PyList::new(py, years.values())
        } else if let Some(figures) = column.downcast_ref::<Float64Array>() {
            PyList::new(py, figures.iter().collect::<Vec<Option<f64>>>())
        } else {
            Err(PyKeyError::new_err(name.to_owned()))
        }
    }

    /// The types of the columns, as a capsule of Arrow's C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref());
        PyCapsule::new_with_value(py, schema.map_err(|error| refused(&error))?, c"arrow_schema")
    }

    /// The table, as a capsule of Arrow's C stream interface. It is read without a copy; `requested_schema`
    /// is not followed, which the interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
