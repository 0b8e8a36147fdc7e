"""What the kernel's own facts are called, and those that several packages record."""

from django.utils.translation import gettext_lazy as _

from core.admin.facts import call_facts, end, one_of
from core.models.decision import DecisionState
from core.roles import Role
from core.verbs import every_verb

FACTORS = {
    "password": _("비밀번호"),
    "totp": _("인증 앱"),
    "webauthn": _("패스키"),
    "recovery_codes": _("복구 코드"),
}

call_facts(
    {
        "after": _("바꾼 뒤"),
        "before": _("바꾸기 전"),
        "changes": _("바꾼 것"),
        "code": _("코드"),
        "digest": _("요약값"),
        "kind": _("종류"),
        "number": _("번호"),
        "organisation": _("기관"),
        "people": _("사람"),
        "rows": _("행"),
        "said": _("결과"),
        "since": _("부터"),
        "source": _("법적 근거"),
        "team": _("정예팀"),
        "teams": _("정예팀"),
        "text": _("내용"),
        "until": _("까지"),
        "version": _("판"),
    },
    {"until": end},
)
call_facts(
    {
        "address": _("주소"),
        "arguments": _("내용"),
        "blocks": _("블록"),
        "browser": _("브라우저"),
        "by": _("로그인 방법"),
        "damage": _("어긋난 곳"),
        "date": _("날짜"),
        "decides": _("결정할 일"),
        "ended": _("끝낸 로그인"),
        "files": _("파일"),
        "head": _("머리값"),
        "kinds": _("종류"),
        "left": _("남은 수"),
        "note": _("남긴 말"),
        "records": _("기록"),
        "relation": _("표"),
        "role": _("역할"),
        "row_key": _("행"),
        "sha256": "SHA-256",
        "size": _("크기(바이트)"),
        "state": _("상태"),
        "what": _("무엇이"),
    },
    {
        "by": FACTORS.get,
        "decides": lambda code: verb.label if (verb := every_verb().get(code)) else None,
        "add_factor.kind": FACTORS.get,
        "remove_factor.kind": FACTORS.get,
        "kinds": FACTORS.get,
        "role": one_of(Role.choices),
        "state": one_of(DecisionState.choices),
    },
    of_facts=("arguments", "damage"),
)
