// What `import KMSClientNitro` brings along: the client, and who attests.

@_exported public import KMSClient
@_exported public import NitroAttestation
