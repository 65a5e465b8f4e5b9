"""A workbook of the last century."""

from __future__ import annotations

import base64
import zlib

OLD = (
    "c-rk)O=uHA6n-<=O}4d7)7mPnP(s0~wHNW?rKT3NCu<d<B0}9ZLkZ1K+1*&$gH~&gg6K)<rO=C)suzDyL~kC1iXH?(XcbSM1O*Rm*Eeq`A<-"
    "ZSXn$nivhU5jd2eQRzxU=P`+Bi{Y3_c@GW<e^ApmP`6$A@(4DYI3CjvO`y0V#*2HvhuTZ*a-"
    "1Tv_@liF7yiJ`=M893b2ULXhfi1#@dgT72!MAwmeXb&cnd+1^Y#vaFr)L<567@BEs4aA3uZzq12?4J_vCe1bCU1+<+&cb4>uj7!4<ukmE#=^)M"
    "JS3m@q&Wah@KVO|rR&VI)!~ShFq4~epjE4Zc|i1fMOs*9atRs{#(DVeMghL%^7VPt*RQXh0qTDg>q8~<H@OBd1@3t!191jV)=AAfPR$XK9!>~b"
    ">cT-!mlCF(wLG0+$S^SAMAjM3q@=D6X6b|ufn!=D!m(H22JG~XYZ=>#I8L25Q$h!DtgP*zJS`=LPsW=C4TePAM$zMmagj`-*|?c-"
    "Y?K31)&ca3%ve%HO-"
    "n?j1#XYFJApH)J)*HK(zcWr%w$&Ji0KTbGPYAKD+!%Ek)o5QmU6KMc^n@_w(BV)@lj#r&eu1`hx%iKq?w{><JF|y@&$qmm!$_fhiQc8c?a?R#I"
    "Mk-yQtklyb<#VWqW^<Y8;y;o2xY1j_VvGdK=qQ(B6yfnJ*_Fwa$Es?Zfs$@A72h!n@cUv|){mqrbeSp_6s8+qWb=j^!j%C)Wq!&A**u29Kz{yQ"
    "=Wk!75Z!v!1xulW&J9dsf1pkv&)TjO+ulw(|yfK(D8}pt`RICV@QPs+a`I#Kh}y>}drE1xg~M7a<hP_oR17dGiw9oV*QX?;#_z{~78yd2{%z=H"
    "+w|@~{!e``PGW9V)`QI+u+bh>5m^G0{q5vaJY{nxbs1&G!P>3m4#}m2rCNMY)MZ5H51rlXF?@PgwfolTSWvHe#v{1XLx^Rh<c`?>eh^ulb)z{#"
    "!Z)8N3|)OL`R2C@q+%D1LT;&T@0HGJSI23ndNU>K2T`5ba~M;`qhi39RsW%65$Wy%ef+{k2N=`H$EC3AZ|mYX"
)
"""A workbook of the last century, which nothing here can write: squeezed, and in letters."""


def old_workbook() -> bytes:
    """What is in it."""
    return zlib.decompress(base64.b85decode(OLD))
