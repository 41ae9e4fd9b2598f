// What `import KMSClient` brings along, so that a program needs no other import to call operations, read their outputs
// and switch over their errors. From the JSON coding only the types that callers meet are passed on, and nothing of the
// server's half of signing.

@_exported public import AWSClient
@_exported public import KMSModel
