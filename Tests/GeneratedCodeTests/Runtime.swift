// The error types that generated code builds on; exported here, every generated file of this module sees them.

@_exported public import KMSModel
