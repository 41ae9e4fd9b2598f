// What `import KMSClient` brings along, so that a program needs no other import to call operations, read their outputs
// and switch over their errors. From the modules below the model only the types that callers meet are passed on: neither
// the JSON coding nor the server's half of signing becomes part of this module's face.

@_exported public import KMSModel
@_exported public import SecureMemory
@_exported public import enum AWSJSON.ClientFailure
@_exported public import enum AWSJSON.JSONError
@_exported public import enum AWSJSON.OutputDecodingError
@_exported public import protocol AWSJSON.AWSJSONEnumeration
@_exported public import protocol AWSJSON.AWSJSONOperation
@_exported public import protocol AWSJSON.AWSOperationError
@_exported public import struct AWSJSON.CredentialsError
@_exported public import struct AWSJSON.DecodingFailure
@_exported public import struct AWSJSON.ServiceErrorReply
@_exported public import struct AWSJSON.TimeoutError
@_exported public import struct AWSJSON.TransportError
@_exported public import struct AWSSigV4.Credentials
@_exported public import struct AWSSigV4.HeaderField
