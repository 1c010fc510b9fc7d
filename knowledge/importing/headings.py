"""Which field of a page a heading opens, and whether the field's own label says as much as the heading did."""

import re

from knowledge.importing.outline import plain
from knowledge.importing.vocabulary import DECISION_PARTS, fold, words_of

CONTEXT, DRIVERS, OPTIONS, ARGUMENTS, OUTCOME, CONSEQUENCES, CONFIRMATION, MORE, RATIONALE, SOLUTION = (
    "context",
    "drivers",
    "options",
    "arguments",
    "outcome",
    "consequences",
    "confirmation",
    "more_information",
    "rationale",
    "solution",
)

_ARGUMENTS = words_of("""
    pros_and_cons pros_and_cons_of_the_options pros_and_cons_of_options pros_and_cons_of_each_option
    pros_and_cons_of_the_alternatives pros_cons pros_&_cons option_details
    avantages_et_inconvenients avantages_et_inconvenients_des_options
    vor-_und_nachteile vor-_und_nachteile_der_optionen pro_und_contra pro_und_kontra pro-_und_contra_der_optionen
    pros_y_contras pros_y_contras_de_las_opciones ventajas_y_desventajas ventajas_y_desventajas_de_las_opciones
    pros_e_contras pros_e_contras_das_opcoes vantagens_e_desvantagens pro_e_contro pro_e_contro_delle_opzioni
    voor-_en_nadelen voor-_en_nadelen_van_de_opties fordeler_og_ulemper fordeler_og_ulemper_med_alternativene
    fordele_og_ulemper fordelar_och_nackdelar for-_och_nackdelar plusy_i_minusy zalety_i_wady
    плюсы_и_минусы плюсы_и_минусы_вариантов 选项的优缺点 各选项的优缺点 优缺点 方案的优缺点
    オプションの長所と短所 長所と短所
    各選択肢の長所と短所 선택지의_장단점 장단점""")
_RATIONALE = words_of("""
    rationale justification reasoning argument arguments reasons reason why decision_rationale begrundung
    rechtfertigung
    justificacion justificativa razones motivazione motivering begrunnelse begrundelse motivation uzasadnienie
    обоснование 理由 原因 근거""")
_SOLUTION = words_of("""
    solution solutions proposed_solution proposal proposed_decision chosen_solution losung vorschlag losningsforslag
    losning proposition solution_proposee solucion propuesta solucao proposta soluzione oplossing 解决方案 解決策""")

# Words of DECISION_PARTS that are too wide to stand for a field of the page.
_TOO_WIDE = words_of("""
    rationale motivation constraints assumptions requirements results result notes rejected_alternatives
    rejected_options other_options pros_and_cons avantages_et_inconvenients erwogene losung vorschlag""")
_MORE_WORDS = {
    CONTEXT: words_of("""
        the_context problem_description problem_context business_context technical_context context_en_probleemstelling
        kontekst_og_problembeskrivelse sammanhang problemformulierung kontext_und_problemstellung contexto_y_problema
        planteamiento_del_problema declaracao_do_problema definicao_do_problema contesto_e_problema kontekst_problemu
        opis_problemu постановка_задачи постановка_проблемы описание_проблемы 背景と問題 背景と課題 课题
        课题背景 背景和问题
        背景与问题 背景与问题陈述 上下文和问题陈述 问题陈述 问题描述 コンテキストと問題提起 コンテキストと課題 課題
        問題 배경과_문제 문제_정의 situation situacao situacion situatie beskrivelse"""),
    DRIVERS: words_of("""
        facteurs_decisifs moteurs_de_decision entscheidungstreibende_faktoren treiber criterios_de_decision
        criterios_de_decisao fatores_de_decisao criteri_di_decisione fattori_decisionali beslutningskriterier
        beslutsdrivare czynniki_decyzyjne kryteria_decyzji факторы_принятия_решения драйверы_решения критерии
        决策驱动因素 决策因素 決定の要因 決定ドライバー 判断基準 결정_동인"""),
    OPTIONS: words_of("""
        alternatives_considered the_options our_options solution_options list_of_options available_options
        betrachtete_alternativen in_betracht_gezogene_optionen gepruefte_alternativen gepruft_alternativen
        options_possibles solutions_envisagees opciones_evaluadas opcoes_avaliadas opzioni_valutate
        vurderte_losninger alternativer_vurdert alternativ_som_overvagts rozwazone_opcje rozwazane_alternatywy
        рассмотренные_варианты варианты рассмотренные_альтернативы варианты_решения 考虑的选项 备选方案 可选方案
        候选方案
        检討した選択肢 検討した選択肢 選択肢 検討したオプション 代替案 고려한_선택지 고려된_옵션 대안들"""),
    OUTCOME: words_of("""
        the_outcome final_decision decision_made decision_taken decision_result decisions_made decision_outcomes
        entscheidung_und_begrundung getroffene_entscheidung notre_decision la_decision decision_retenue
        resultado_de_la_decision resultado_da_decisao risultato_della_decisione esito_della_decisione
        uitkomst_van_het_besluit beslissingsuitkomst besluttning utfall_av_beslutet beslutsutfall beslutningsresultat
        wynik_decyzji podjeta_decyzja принятое_решение результат_решения итоговое_решение 决策结果 决定内容
        最终决定 決定結果
        結論 결정_결과 최종_결정"""),
    CONSEQUENCES: words_of("""
        positive_consequences negative_consequences consequences_positive consequences_negative neutral_consequences
        consequences_and_risks consequences_of_the_decision positive_konsequenzen negative_konsequenzen
        positive_auswirkungen negative_auswirkungen consequences_positives consequences_negatives
        consecuencias_positivas consecuencias_negativas consequencias_positivas consequencias_negativas
        conseguenze_positive conseguenze_negative positieve_gevolgen negatieve_gevolgen positive_konsekvenser
        negative_konsekvenser positiva_konsekvenser negativa_konsekvenser pozytywne_konsekwencje
        negatywne_konsekwencje
        положительные_последствия отрицательные_последствия 正面影响 负面影响 积极影响 消极影响 积极后果 消极后果
        肯定的な結果 否定的な結果 ポジティブな影響 ネガティブな影響 良い結果 悪い結果 긍정적_결과 부정적_결과"""),
    CONFIRMATION: words_of("""
        bestatigung uberprufung validierung confirmacion validacion confirmacao validacao conferma validazione
        bevestiging validatie bekreftelse bekraftelse verifisering verifiering potwierdzenie подтверждение проверка
        确认 验证 確認 検証 확인 검증"""),
    MORE: words_of("""
        more_info further_information additional_information related_decisions related_adrs related_links
        related_documents related_resources related_records useful_links more_links further_reading resources
        related_documents/links weitere_informationen verweise referenzen verwandte_entscheidungen quellen
        informations_complementaires plus_d'informations plus_d_informations mas_informacion informacion_adicional
        referencias enlaces mais_informacoes informacoes_adicionais ligacoes ulteriori_informazioni riferimenti
        collegamenti meer_informatie verwijzingen mer_informasjon referanser relaterte_dokumenter flere_oplysninger
        mer_information referenser wiecej_informacji odnosniki linki дополнительная_информация ссылки 更多信息 参考
        参考资料 相关链接 链接 詳細情報 追加情報 参考資料 関連リンク リンク 더_많은_정보 참고 참고_자료 링크"""),
}
# What a heading says beyond its field's label is worth keeping: these name the field, but not in the same words.
_SAYS_MORE = words_of("""
    background problem problems issue issues the_problem situation antecedentes antecedents hintergrund ausgangslage
    achtergrond bakgrunn baggrund bakgrund tausta tlo probleme problema business_context technical_context
    problem_context
    forces criteria decision_criteria kriterien criteres criterios_de_decision criterios_de_decisao
    positions solution_options possible_solutions resolution ergebnis final_decision beschluss
    implications implication impact trade-offs tradeoffs auswirkungen implicaciones implicacoes vaikutukset
    positive_consequences negative_consequences consequences_positive consequences_negative neutral_consequences
    consequences_and_risks
    positive_konsequenzen negative_konsequenzen positive_auswirkungen negative_auswirkungen consequences_positives
    consequences_negatives consecuencias_positivas consecuencias_negativas consequencias_positivas
    consequencias_negativas conseguenze_positive conseguenze_negative positieve_gevolgen negatieve_gevolgen
    positive_konsekvenser negative_konsekvenser positiva_konsekvenser negativa_konsekvenser pozytywne_konsekwencje
    negatywne_konsekwencje положительные_последствия отрицательные_последствия 正面影响 负面影响 积极影响
    消极影响 积极后果
    消极后果 肯定的な結果 否定的な結果 ポジティブな影響 ネガティブな影響 良い結果 悪い結果 긍정적_결과 부정적_결과
    compliance validation verification validierung validacion validacao validazione validatie verifisering verifiering
    references related see_also related_decisions related_adrs related_links related_documents related_resources
    related_records useful_links more_links further_reading resources related_documents/links referenzen verweise
    verwandte_entscheidungen quellen referencias riferimenti verwijzingen referanser relaterte_dokumenter referenser
    参考 参考资料 相关链接 参考資料 関連リンク 참고 참고_자료""")
_PART_FIELDS = {
    "context": CONTEXT,
    "drivers": DRIVERS,
    "options": OPTIONS,
    "decision": OUTCOME,
    "consequences": CONSEQUENCES,
    "confirmation": CONFIRMATION,
    "more": MORE,
}
_FIELD_OF = {
    **{phrase: field for part, field in _PART_FIELDS.items() for phrase in DECISION_PARTS[part] - _TOO_WIDE},
    **{phrase: field for field, phrases in _MORE_WORDS.items() for phrase in phrases},
    **dict.fromkeys(_RATIONALE, RATIONALE),
    **dict.fromkeys(_SOLUTION, SOLUTION),
    **dict.fromkeys(_ARGUMENTS, ARGUMENTS),
}

_WHYS = "whys"
_LESSON_WORDS = {
    "what_happened": words_of("""
        what_happened was_ist_passiert que_s'est-il_passe que_paso o_que_aconteceu hva_skjedde vad_hande
        что_произошло 何が起きたか 发生了什么"""),
    "impact": words_of("""
        impact customer_impact user_impact business_impact impact_on_users impact_on_customers the_impact
        auswirkung auswirkungen impacto impatto gevolgen konsekvens konsekvenser påvirkning последствия 影响
        影響 영향"""),
    "root_cause": words_of("""
        root_cause root_causes root_cause_analysis the_root_cause cause causes root_cause(s) what_caused_it
        ursache ursachen grundursache causa_raiz causa_principal causas cause_racine causa_radice oorzaak hoofdoorzaak
        rotarsak arsak grundorsak orsak корневая_причина причина 根本原因 原因 근본_원인"""),
    "correction": words_of("""
        correction resolution mitigation mitigations fix the_fix recovery remediation resolution_and_recovery
        immediate_actions immediate_action immediate_correction how_we_fixed_it how_was_it_fixed how_was_it_resolved
        behebung sofortmassnahmen resolucion resolucao risoluzione oplossing losning retting решение 解決 解决
        해결"""),
    "corrective_action": words_of("""
        corrective_action corrective_actions action_items actions_items actions action_item follow-up_actions
        follow_up_actions follow-ups follow_ups followup followups follow-up follow_up next_steps recommendations
        recommendation recommendation(s) action_plan preventive_actions preventative_actions preventive_measures
        corrective_measures prevention preventing_recurrence remediation_items action_items_and_follow_up
        korrekturmassnahmen massnahmen acciones_correctivas acciones acoes_corretivas azioni_correttive
        corrigerende_maatregelen korrigerende_tiltak tiltak atgarder корректирующие_действия 再発防止策 改进措施
        행动_항목"""),
    "went_well": words_of("""
        what_went_well things_that_went_well what_went_right went_well what_worked_well what_worked
        was_lief_gut que_salio_bien o_que_correu_bem cosa_e_andato_bene wat_ging_goed hva_gikk_bra vad_gick_bra
        что_прошло_хорошо うまくいったこと 做得好的地方 잘된_점"""),
    _WHYS: words_of("""
        five_whys 5_whys the_five_whys the_5_whys 5_whys_analysis five_whys_analysis whys 5-whys five-whys
        funf_warum 5_warum-fragen cinq_pourquoi 5_pourquoi cinco_porques 5_porques vijf_waaroms なぜなぜ分析
        5つのなぜ 五个为什么"""),
}
_LESSON_FIELD_OF = {phrase: field for field, phrases in _LESSON_WORDS.items() for phrase in phrases}
_LESSON_SAYS_NO_MORE = words_of("""
    what_happened impact root_cause correction corrective_action corrective_actions what_went_right what_went_well
    five_whys 5_whys the_five_whys""")

_BRACKETED = re.compile(r"\s*[(（]([^()（）]{1,60})[)）]\s*")
_ENDS = re.compile(r"^[\W\d_]+(?=\w)|[^\w)）]+$")
_FIVE = re.compile(r"^[\W_]+|[^\w)）]+$")
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|i|и|oraz|&|\+)\s+|\s*(?:/|,|＆|&|と|和|与|및)\s*")
# "Decision: use cork" opens the decision, and says more.
_TITLED = re.compile(r"^([^:：–—]{3,40}?)\s*(?:[:：]|\s[–—-])\s")


def field_of(text: str) -> tuple[str, bool] | None:
    """The field of a decision that a heading opens, and whether the heading says no more than the field's label."""
    said = plain(text)
    bracketed = _BRACKETED.search(said)
    candidates = [said, _BRACKETED.sub("", said), bracketed[1] if bracketed else ""]
    for candidate in candidates:
        words = fold(_ENDS.sub("", candidate))
        if field := _FIELD_OF.get(words):
            return field, words not in _SAYS_MORE and (candidate == said or _also_names(field, said))
        if found := _joined(words):
            return found
    titled = _TITLED.match(_ENDS.sub("", said))
    if titled and (field := _FIELD_OF.get(fold(titled[1]))) and field not in {OPTIONS, ARGUMENTS}:
        return field, False
    return None


def _also_names(field: str, said: str) -> bool:
    """Whether both names of a heading in two languages, "決定 (Decision)", name the field."""
    bracketed = _BRACKETED.search(said)
    outside = _FIELD_OF.get(fold(_ENDS.sub("", _BRACKETED.sub("", said))))
    return bracketed is not None and field == outside == _FIELD_OF.get(fold(_ENDS.sub("", bracketed[1])))


def _joined(words: str) -> tuple[str, bool] | None:
    """ "Context and problem statement" says one field twice; "decision and rationale" says its first, and more."""
    pieces = [piece for piece in _AND.split(words) if piece]
    fields = [_FIELD_OF.get(piece) for piece in pieces]
    if len(pieces) < 2 or None in fields:
        return None
    if len(set(fields)) == 1:
        return str(fields[0]), not any(piece in _SAYS_MORE for piece in pieces)
    if fields[0] == OUTCOME and set(fields[1:]) <= {RATIONALE, CONSEQUENCES, OUTCOME}:
        return OUTCOME, False
    if fields[0] == CONTEXT and set(fields[1:]) <= {RATIONALE, CONTEXT, DRIVERS}:
        return CONTEXT, False
    return None


def lesson_field_of(text: str) -> tuple[str, bool] | None:
    said = plain(text)
    for ends in (_FIVE, _ENDS):
        words = fold(ends.sub("", said)).replace("’", "'")
        if field := _LESSON_FIELD_OF.get(words) or _LESSON_FIELD_OF.get(words.strip("'s ").strip()):
            return field, words in _LESSON_SAYS_NO_MORE
    return None
