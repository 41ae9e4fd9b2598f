// What `import KMSClientTesting` brings along: the client whose users' tests it is for.

@_exported public import KMSClient
