// What the import of a client brings along: the types that callers meet of the modules below this one.

@_exported public import SecureMemory
@_exported public import enum AWSJSON.ClientFailure
@_exported public import enum AWSJSON.ErrorRetryability
@_exported public import enum AWSJSON.JSONError
@_exported public import enum AWSJSON.JSONValue
@_exported public import enum AWSJSON.OutputDecodingError
@_exported public import protocol AWSJSON.AWSJSONEnumeration
@_exported public import protocol AWSJSON.AWSJSONIntEnumeration
@_exported public import protocol AWSJSON.AWSJSONOperation
@_exported public import protocol AWSJSON.AWSJSONUnion
@_exported public import protocol AWSJSON.AWSOperationError
@_exported public import protocol AWSJSON.ModeledServiceError
@_exported public import protocol AWSJSON.ServiceError
@_exported public import protocol AWSJSON.ServiceOperationError
@_exported public import struct AWSJSON.CommonServiceError
@_exported public import struct AWSJSON.CredentialsError
@_exported public import struct AWSJSON.DecodingFailure
@_exported public import struct AWSJSON.HostLabelError
@_exported public import struct AWSJSON.Indirect
@_exported public import struct AWSJSON.JSONNumber
@_exported public import struct AWSJSON.ServiceErrorReply
@_exported public import struct AWSJSON.ServiceErrorSummary
@_exported public import struct AWSJSON.TimeoutError
@_exported public import struct AWSJSON.TransportError
@_exported public import struct AWSSigV4.Credentials
@_exported public import struct AWSSigV4.HeaderField
@_exported public import struct AWSSigV4.SigningTime
