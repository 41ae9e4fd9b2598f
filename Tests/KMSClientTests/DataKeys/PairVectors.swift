// A data key pair of each spec that swift-crypto has types for, made by Python's `cryptography` 48 (OpenSSL 4).

import Foundation
import KMSClient
import Testing

/// The halves of a pair in DER.
struct PairVector: CustomTestStringConvertible, Sendable {
  let spec: DataKeyPairSpec
  let pkcs8: [UInt8]
  let publicKey: [UInt8]

  var testDescription: String { spec.rawValue }

  /// The pair of `spec`.
  static func of(_ spec: DataKeyPairSpec) -> PairVector? { all.first { $0.spec == spec } }

  static let all = [
    PairVector(
      spec: .rsa2048,
      pkcs8: decode(
        """
        MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCs2JPoTduq/ur7N1qkEL85IMVAzWNYpe/G+dfvbtGZqGQRxoyE
        R2pFmzAQHynNjFmGdKMSdBklqbmIjMk8/m2s8XddB38dRDLcf7YlHE0vt9M4vjtqVDE12wUDL8a7+uHTkcyrL3S26eA91Vr/3/AS
        p9gFqzfmfU5QsscL7VZwfmyZ7TZKuDQOobq0Cmq+1nKcufKbwFTuAiPomV/e+cuTpZX8y9n0Sbpp4TxYmjD7q3BijOnE2rL4ES7E
        hxIw7e2M+udvBynJ0b7FcLxMzfVrmttl+PPNnH2dhTBIIdudUk9dGEXu+YLA7ur9IixXch3xWbO0Gaz3U94cMxqkCSRPAgMBAAEC
        ggEAIqlp+9eFOkTVrZw7ppQfLN8n/2dQyWm5bG8VARR5nvVYYAIvkqVZp+zHliwRr4E6QM7qFtzGYDmplbsZ7gvdxaVEuRi0QpO3
        GWXZCpci2XNlPcdUVe3dUn4CAtIVagQVPl7KKvgg0T+UcwHytkZbt/oFxZlA5A1z45X+eaNWRseXGnTRm6p/Qwp91nJhkz9iourJ
        kQ41syJRX5cwZSyiR1L6v0X3UbHpfGyRZtcFa7lRTrmWmc7zRGDh0T0Vz323RrGOmT6N2ET9V0haaSV5phv6kkRBIV/jdrykJ2IP
        4z/NTN1JApdlAUFszrDUL4AOLdwahKChikDhO7WHezo3nQKBgQDc9CtmodzuzPhcZVf7j+UjAzwWUmalfKgb86K5igscNUL0X2oh
        foAIoKtyNWs8KoBfr6WA9TCBgreewDbv9ayV4fUN2m8LUnKgnHw4b8FBM+M0hWBq/Aq1/7l8roGh4a/VqV0X0v/THWLdyJYDHEm5
        z1lJraRE5w9tOtPcDSwX/QKBgQDIQv3Le1AlCa8x5Z/IbsQBamI4bJx+GyXgYLWNSOJYnGkT0GH9z6sR/rKkbaSBd/he/jYCfbnu
        Ow6ByQV/8UO5MLz+Wbxve2WrlxWdk1MatCK7pYydjSFe7NksW79O8vNjqxc1yUyp8rhQ31C+ULnQ+OLZBUb5vOjQHsOa8WghOwKB
        gFWVek4pujMBT94yHw9A4GdcdGTNDBdjnpYdG9W0Q7Nsaf/QCYLpxdwRp/b3/A51A/6MQZYe4uf3Yvppx53Q0kXIHSx9hG+lQuM1
        WeReXUPNPl90njEyaU+vuwAxc+LpUTt4e6ejwhXbFxWDAaA4z9HaH+KrEKrjuRT9KVzd+UtdAoGAH+3Wayf5Cj62CR2UUS+f3p3o
        lRh0BwMrEdA5ghI5zGj7s+YIiaAfpVnXf7HfhajsF7EuSU1kZKBT2suDLff4lUE5ENCb46Zn+mi3UI1Ztas80nA9sCz9QhY/NfxW
        zy6bMavoonG64GnLi1FfnUhfp/rWqEVYIJ9G+0+8XirZMFsCgYAkv2tdX7E3rWxXxZuzNr8sWagUGUjoZZ7mtHKHhjCN6zji/zTC
        NaS0YRWKLfHNeiVUdN5EpEGrgN0yduV8TOzEQR328CZmOC86NJDV/C9wzqoKV4oFNdPkhGeabXlorjMS50ZBTZNTCJQQ81tS4VM0
        VvwrW2pFlswnuaTdWOokIw==
        """),
      publicKey: decode(
        """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArNiT6E3bqv7q+zdapBC/OSDFQM1jWKXvxvnX727RmahkEcaMhEdqRZsw
        EB8pzYxZhnSjEnQZJam5iIzJPP5trPF3XQd/HUQy3H+2JRxNL7fTOL47alQxNdsFAy/Gu/rh05HMqy90tungPdVa/9/wEqfYBas3
        5n1OULLHC+1WcH5sme02Srg0DqG6tApqvtZynLnym8BU7gIj6Jlf3vnLk6WV/MvZ9Em6aeE8WJow+6twYozpxNqy+BEuxIcSMO3t
        jPrnbwcpydG+xXC8TM31a5rbZfjzzZx9nYUwSCHbnVJPXRhF7vmCwO7q/SIsV3Id8VmztBms91PeHDMapAkkTwIDAQAB
        """)),
    PairVector(
      spec: .rsa3072,
      pkcs8: decode(
        """
        MIIG/QIBADANBgkqhkiG9w0BAQEFAASCBucwggbjAgEAAoIBgQDauOibMWTtR8Kush0DElfsQtnetZp2a2e69+dMgDTwv2hX5Elh
        ioTCersdYmVtxFu1KkUHRyiry+wZQ1Qa/7olHYH5Akh1aDihNKr5AntImxnQAX7sid8OATFpA4SulqMfW8KAiNMOo/7WOIBE4Dgs
        AkjY8WdkNiuCoyDl7rB42eqp2rNFWRxJKXkh45Rl09AP+eqsEq1Dla9+NwZ39ewOdxF4NTwofav/NASHEAyvCUsT7XTRBtSsKuP4
        rXpTCSHsRkYbnzWHHr7BNNS4x1ZpO1205IhW6ZH4x2qFHCzFPbK3McdT9ZezFBpzBCL47KRcmjPU82XcHgCSaQR+PRCunIsjBYCR
        2hmyETi5/uF1sMc+kybtQ9wNvpxkpZTJ50onOEJ5JA4IndE2pXy+5xYDoruMvHnCAxrGXvbBBp6FGVePFvftYI6t+/YTSizSRy8k
        thpXZyCjs3vKk2eP0FKZctPKrmwDOHEQLXK+eEJx6XTPr0h6+Gk+VIvraLUqxCkCAwEAAQKCAYABk+djpTPR7VxXZ8QDT2jQdLv/
        GgbC92vgYqTpvZwEJ5FQXv5zhG0IPRvn7puGMu4pbKRiVM5TjO1HUl/DMRiN53xWSECvDiEocomQMccjYzEIudYJTUZNYs9RL1wP
        6VjEY2RQCoyhNKgkMfSk6owlLyAI5pblF2nxb41Pc00VFhdWAdScubOVSIYN60cZA/Hih548fwb+b5A8RBfZGi5JfWzkFdg4/40T
        0nN86O36fkHrIyGeV2MF2epakx/IhQ6U69ssiNzjyOyx2ybLc7PrGcV2thqXvJfEEZo1F1l8XKjedMevow9WDFm2+RMvM9I/iURJ
        M/QvDW10DTjtjzFx2MTY9R+3CnnGAkIaTby7QXGsUBqkYPF5M3XbIDEtmeBR+WOpZ4xGCWrdy/sR/7yNjS+llpKM10sacHd+GMrN
        duljekZdydEQ8lmpaY1W1ZJt79gmp8gfYTN+T/TdIyxIqFplSD4baeHrv8I8rR0jcEnXS359jsUaeso+XDqdFKECgcEA9iqIiTgD
        NHt7aBnRQ/qiCQ+z0iDWR4Un3e8hIKtQs0mpHi6FzrcSaDXpugMGCTDpOL4A+Ax7Q+Zj/TwJXqkawQE+pWPUl4FWtq7TWKpn5aBm
        VVlSrkNH5xxFMLswCZAXHtyt6/XvmYx1+zxOZ6ifD4+dBqiJF/nku8+m+Gjve+4Kc8MfYBPe2wediyfdxXbZfjWtOrt/Dij7xUQB
        5M7CJudyBSCakEBt8AL88pUiVJjJ9mtnhrNRLXunsElFP2ZZAoHBAON1tyIE8/gI8W1+10RV6a+I534Bq2CnbNw8c8vWwfaHNC3Z
        E4lxb/rCKPdkZTarGzNJAOy/LTJ87A+ZBhJhdmFf5eMLlFU3scweyCw2iYqNxvt8uvCSdgTTURBrpoWOnJK8b/nGdUz8BOFU8j5w
        ZB2BnaFw3rSuIb5we3nxRDgHgWwx81KU7A9g3D90niwiXcStmEw5fgcVVNPsnHH986LM4EbmjP+h3bCnA/qJvaqN150cduzRh3ty
        j2cis04yUQKBwBSvYEe/iC1pzuXhfX8r2V/PjPm0Pq1F2CLDDFKVcrOOFgLuP9ot8gMFvL0fseslzAMznBs72UPMYUyPNe5ZYWEk
        fKIjMGMGwEWbjTDfKNnXz6GOXu87whf+fSXqJNA45mh2fLreMKMDdYqF98SoG62QEM7VbKeyHPFXMp2fG7ibOQ+fLszA/rIDAs8F
        q5IDOaVsV0EfLj7/XKCn5UzXvuLMAf3CTpqef15ysdSkiXz4Vcg6IDnmaYTb5ixfC82XCQKBwCJ6X24Krih0wpPEXEEBfNCcweo5
        uo6GElw31Z2aSgBicihY9TsqNL0f3THSx/zHZvIZKMi6GdHDWczrdx4mI9mSvbfys2NPc+Xq7JC3G5Yi83x/ZZ69tKH6nhkNGEq6
        WUVsxtRnnrQyp1K4m5eXVbWbRheIkll046yIRE8xoROVH6sUzzs/U6DpH7mGpcsu0mPTpHg5Zr8QHrGY9gXZZqrQv1Y/8DN3h7EV
        P+ckJdnKclpgTC6NfCncLZyGiANcYQKBwQDgmTFJjhLLh67fZrgiaVEnqjO/t1uXejHRkVqE4qlitzuzqhRpRNQS45bJllVnFRw4
        o+Z8XbEjECh5p6s9Y+LScIPN6BlX0fh1gF10epXktFHGvXTmaFrPdrWha5ePMfdaCw6ah9Zgxj0L9FyoDs/llmoFA0wYB+Af65gf
        gnJiN/tTydhSobyHGJwvpb/bL58Dj3lm4HT+ptTkmOKpzt67nS3g0qCkqEurqhWGSPTZuo4eRxxsUGUbq85z4OMIOHM=
        """),
      publicKey: decode(
        """
        MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA2rjomzFk7UfCrrIdAxJX7ELZ3rWadmtnuvfnTIA08L9oV+RJYYqEwnq7
        HWJlbcRbtSpFB0coq8vsGUNUGv+6JR2B+QJIdWg4oTSq+QJ7SJsZ0AF+7InfDgExaQOErpajH1vCgIjTDqP+1jiAROA4LAJI2PFn
        ZDYrgqMg5e6weNnqqdqzRVkcSSl5IeOUZdPQD/nqrBKtQ5WvfjcGd/XsDncReDU8KH2r/zQEhxAMrwlLE+100QbUrCrj+K16Uwkh
        7EZGG581hx6+wTTUuMdWaTtdtOSIVumR+MdqhRwsxT2ytzHHU/WXsxQacwQi+OykXJoz1PNl3B4AkmkEfj0QrpyLIwWAkdoZshE4
        uf7hdbDHPpMm7UPcDb6cZKWUyedKJzhCeSQOCJ3RNqV8vucWA6K7jLx5wgMaxl72wQaehRlXjxb37WCOrfv2E0os0kcvJLYaV2cg
        o7N7ypNnj9BSmXLTyq5sAzhxEC1yvnhCcel0z69IevhpPlSL62i1KsQpAgMBAAE=
        """)),
    PairVector(
      spec: .rsa4096,
      pkcs8: decode(
        """
        MIIJQQIBADANBgkqhkiG9w0BAQEFAASCCSswggknAgEAAoICAQC2cPlaTyVtuDr+kG33Gx1zK7xvdqKqmWn/gWsnUWcx9GAVH8yW
        8GAxiww1oGt8YSmCWIxdQGVblHEN6p2xdcZsOSVk76ikyB6QzEyiiflpwAukxdvWCwkr3HSOgmbciF+8T1RYAA8YxjHl2wzmiDoJ
        BDlY4YWRtmNB2FLcfukZ98cgE/tFC7s3hrP/nsD0Lx3ATS94S3aPPSlBGwYoAjS5OqCugLMJ8rydCWi1AUvtoalKXeqV7/d81we1
        bYgZZEfD2DrMXEpXdDuuZPlcJlyiaKZC4WC2pytV5ExSvNmciNcb4g4IG16U3qV4Gipr0Xv5mbhfBBurGTj4WOj4PTmhNNZaNqaU
        s/tuMNgs+6YCaLZQjovO8wwCpHfXpmAJZQRhnJGqOJRdP+7nNS2hej17ZdQoGZr7slXgUTR7v/LC8eymDIbhZeWyJ8/KIo5qYBPn
        1bFtStEgsq0ISUsvqfwhIeJVK2kpuDFig3JIisuYOt3Ug6AtXARkWS+SSJv15ZkwbeVOENgkreO5liUuwFBAl3caqoGAyee8Lpuj
        1DUHxhks05gYG0hevq4xhsAVqWiJsKKDP3j3jHmTkINMhhgf8Iu3+nUC8qSjx+fPmShShKvzMhxTo9U+I/8JmIc9Mp46R4iIojcX
        rNFCtnN+7DlJT+0XxppW74FSt5CYiKlTuQIDAQABAoICAAPLV7REHyAoC7oNoOvZuYQSrcmXqwxnQmgY9fSMYdwNHA50adndx/Jf
        1PIsku+0SZu3YbvywejkrnE+pubw7x6DFb8CqPw8WT5jsVhUDEbhwpw7rTXHZvptjFMGbUM65trQv41Q+v9l59XC94K35JUZbGPn
        1NJR+8B70kVZslli6NZG9BvcgZlHCOlREOxDKpg8Qrd6wk16VShQepFMcnJDwOHANXkIflm5v168VyrrCM1OJLnXkssa4cMpMwJs
        Ln3pOlfTt4wYE8Gtwe3jsluCV6reaxeBZIpVxCyYVuJFiku/KNGMWCw6cTCNQsKZSb3IL6hyOm0VijTIDJhVFaS2qlWg6fMe2aUD
        pGK3ksmD7Gqparr7sh2DXs6WSnoPI77PaYpqmAMdZGB6nxYpyrEYiHAcwEQH8LLrv8VngCbPUJqEHK5bojqdJO9jkH/ckZSpZ+Q7
        LW0Krgp6u4+RSa0SMA38VMdo/NyYckDqaSGFUozLwDhSRd+P1OkYaPjdJHUijMmYyXpXAMqNYhND2uJT3KV5MzWm+xVdPpC0zUIg
        ZJP8FM2zdsxJkFb60HloN0fGtBGHCT8AzVnq+WyHzm8mdDqbcX6yA1V9ON7ld0a6D60DgT9Ug6bpPwvi/utoh+uByu/0PK5Zn5iN
        5OPozd4wf/ImIgzhJy7Xy5e+04idAoIBAQDYJ60oT0afA26eGATDV2TCRmheAZ/A4HKXgnoRgjNiZd2KWLuhrYpugQmtEK9OPQ3/
        Ug0JZRYSBPNUL4lvzNmI4N2RJ+9MfEIoi2CfM0x/6FCgoPXHub9sDV7eHFGDrZXD2N9UGJj/MGCHocrxZqxt6zI182sxSaOLWN7l
        eDNWT+H1lJ/hPJXFz/x02Dly8vZLGbvCC/nnehbmx5Euoky10XbUd9Iw+gQP05IEpE8xIVgig1SSbOpPCzSxbkRXZOd/rBsZE9VS
        516y+tPptsvEUTDr0b2reU9OsexK9Aug+nDwU510mtygDI9OYBYMg6wF9azb/FQXlyEf/CMn8rQ/AoIBAQDYElqOU4rJIhh/5Lb4
        upiiIUmzMITDJkO0Py/sMPmUl8OGauyvnRCJBpaJIj7TYJzgfdo6xl9LqNofQrX4tPkZhSWxzUvRjdQJHl9G5gYyimWgBLPKJu2O
        61LgMCBKgrD1BXvHZOYJhzCxdzUp0d7Bejfws1GRzoFgQBT+dHi5fFd75fh0hh9wOQLHZ4HOLn0Ow6uRXqP2AuYEafaXrlqW0L/T
        x3mECaiPjtRBydf+0Q4/dDjMdKkfUC8ajqUoUiALkReWy6WL0yaM4DBmWULidlrAU3HD9d3CtwVBBwDWsj3X9+yl4l2NP4CaVA6W
        4HBUpZf6i2obVLBgF0SnSBoHAoIBADEKh3HO0rH/IFjEEEiVimm9ea5iZfFnuvf/BVz1klzvyZy61w8uhWre4egfEfcJSSS1Y/nO
        snwyHVbrVh5EdtJkWkC1s8hBpOz3+lsEU4XtmmVnP3wp+3Ezc2OnPyNF/eWqTbkRv5yeSDhdj+LHLbXel8y/xoEvOOjDqAaeB9+8
        TgLezotWqJBxyNBlwlr/HrwZQY0cFH3dKFcBzkGrVwYlWPWJnem4v7UrhkSBVupJq2phK43xIhP+8dyTrPO7E/7WeGtvIYYmskif
        Ofcbnw2Sciv+sS63XjP3kCnNRtomF/uerOmovQee8eCRUk9SjHPpsmdSz21uv3g3R26n1RcCggEAXAOs5rFzB+ZqMoSu2stz1o+A
        eDuwPf7clDTYbqgIkRv0GxkLxFmJwiC5GJsp0BBznjJaLe9ug6TbhrZ9EfXXouONwuMfZ5UTd/KkNmgcuYcwce2utubPAa77Mxer
        mK+BNkboiGhSgjo9JUYTsMR8LT6j9fAXS5V6iQehKR9mje8CvnOX09+OIddVdJ+CqtAnV5NCS/zWrBxd4gFSDxQj5dft6P0opW8L
        hl8XyxBu2Egk3ibbTU5c+0XFWXTnpn0awnI+bmw5CouX/iQ22E8o6ZHnYcHnT8EzeAlCxod59vQe3Arrj1UP6+fgF1i2gdAAZjvC
        teKLBCqTlcgy514QHwKCAQB1MHu7OcfTBx9VOmvsGNKH2xJ/pvZmXX8J0QYTIzI7MX3MR2P8g3vDs94+rqSCvsShYTXgBFJR01fy
        uoksp/5mzTSjGw/OeLFbYr2OGK3d1F4GRT1IH3uzuxKgsjZHHggeYAuQttW65ADJ6wMjHSQklYct+KFeDDyhFYl6dBnX7I1fYtvQ
        MiGci24tR4rx8fBYNBZswdTO5y9mZmM2KjU3JPy2vlw6zniPH/93Ub12cNSFWceOtSfPquEAg1/NHdxSaHU4j+VW3gm+XO5MsioV
        qAgl9YnhN9rNHqBYPBZeXSBWK8e3C1WFoMAzDL6MKlSx+36r6hE4nqhctO9C/Jfd
        """),
      publicKey: decode(
        """
        MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAtnD5Wk8lbbg6/pBt9xsdcyu8b3aiqplp/4FrJ1FnMfRgFR/MlvBgMYsM
        NaBrfGEpgliMXUBlW5RxDeqdsXXGbDklZO+opMgekMxMoon5acALpMXb1gsJK9x0joJm3IhfvE9UWAAPGMYx5dsM5og6CQQ5WOGF
        kbZjQdhS3H7pGffHIBP7RQu7N4az/57A9C8dwE0veEt2jz0pQRsGKAI0uTqgroCzCfK8nQlotQFL7aGpSl3qle/3fNcHtW2IGWRH
        w9g6zFxKV3Q7rmT5XCZcomimQuFgtqcrVeRMUrzZnIjXG+IOCBtelN6leBoqa9F7+Zm4XwQbqxk4+Fjo+D05oTTWWjamlLP7bjDY
        LPumAmi2UI6LzvMMAqR316ZgCWUEYZyRqjiUXT/u5zUtoXo9e2XUKBma+7JV4FE0e7/ywvHspgyG4WXlsifPyiKOamAT59WxbUrR
        ILKtCElLL6n8ISHiVStpKbgxYoNySIrLmDrd1IOgLVwEZFkvkkib9eWZMG3lThDYJK3juZYlLsBQQJd3GqqBgMnnvC6bo9Q1B8YZ
        LNOYGBtIXr6uMYbAFaloibCigz9494x5k5CDTIYYH/CLt/p1AvKko8fnz5koUoSr8zIcU6PVPiP/CZiHPTKeOkeIiKI3F6zRQrZz
        fuw5SU/tF8aaVu+BUreQmIipU7kCAwEAAQ==
        """)),
    PairVector(
      spec: .eccNISTP256,
      pkcs8: decode(
        """
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQVcumUxusKx7NDw3ZrKzMMIN5oJRyjmjSLVhBf50nJihRANCAARU
        RU5A23S4V0D6RofGvfBVYfmd/FW5F3XfGCj0XF6f0FJOt8Nm75fx5JV0kRPK3cY7K/ynibLYeY16b0coc8mj
        """),
      publicKey: decode(
        """
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVEVOQNt0uFdA+kaHxr3wVWH5nfxVuRd13xgo9Fxen9BSTrfDZu+X8eSVdJETyt3G
        Oyv8p4my2HmNem9HKHPJow==
        """)),
    PairVector(
      spec: .eccNISTP384,
      pkcs8: decode(
        """
        MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDD46zfcOqaIyLqeYvP8ZNBjPmh2WG9j7WEypwHb0mEyXwo84zw/VDQF
        BvWvtyz4GdqhZANiAAT9r6rXClxFqysvJJHkY/y29gsSNlFLgUbffiQbLhUybPETqwMUYHFFaCRgXjDeauc7PdO+p1Ff4LcfD4QW
        u3pvVZCuNT49U+/jiE4Xi95CETYd9Krokp2Wvi1vCE/NQaA=
        """),
      publicKey: decode(
        """
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE/a+q1wpcRasrLySR5GP8tvYLEjZRS4FG334kGy4VMmzxE6sDFGBxRWgkYF4w3mrnOz3T
        vqdRX+C3Hw+EFrt6b1WQrjU+PVPv44hOF4veQhE2HfSq6JKdlr4tbwhPzUGg
        """)),
    PairVector(
      spec: .eccNISTP521,
      pkcs8: decode(
        """
        MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIAfehCGpm/FnkuKZg6pExdBbXh9AwBgGni6vGfcbsM0RAtvBbbr09D
        AG+GnOEjc4x/7F3UEqg2HdT/pq37S6WMTyGhgYkDgYYABAHRu4vSfvxRvrgr/F8vwbxpfvNQ7dYhDnxzjAXxvnfEDFT2OimPgGlf
        RDaNvfUSkiunnyNbJtmuoesFOf2tgAlVJAB25kPeSRN0qT8uqaaxiXfsOXfnopgjKvyy4oVKR8ITprb3CluruO8JlRsJHjYZJWOM
        whV9dx5X70Lcb/TDBk26Mg==
        """),
      publicKey: decode(
        """
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQB0buL0n78Ub64K/xfL8G8aX7zUO3WIQ58c4wF8b53xAxU9jopj4BpX0Q2jb31EpIr
        p58jWybZrqHrBTn9rYAJVSQAduZD3kkTdKk/LqmmsYl37Dl356KYIyr8suKFSkfCE6a29wpbq7jvCZUbCR42GSVjjMIVfXceV+9C
        3G/0wwZNujI=
        """)),
    PairVector(
      spec: .eccNISTEdwards25519,
      pkcs8: decode(
        "MC4CAQAwBQYDK2VwBCIEIGYcBwfjh368ztSDzl1Q53JAOgRU38dtaurPw8blv8mq"),
      publicKey: decode(
        "MCowBQYDK2VwAyEAVL7AOTzTY5uULc+foK/HHJLrPHPlbU73bsfSyNOcYgQ=")),
  ]

  private static func decode(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map(Array.init) ?? []
  }
}
