/**
 * Texts that proofs are full of, for the compression; the commonest last. Part of the format: a change makes older proofs
 * unreadable, so it goes with a new `FORMAT`.
 */
export const WORDS = new TextEncoder().encode(
  [
    'wage.industry.agriculture wage.staff.pi consumption.urban income.urban yuan/year lpr.1y percent paydays.month days',
    'ctp.no_fault.death_disability ctp.fault.death_disability ctp.no_fault.medical ctp.fault.medical ctp.fault.property yuan',
    'wi.med_subsidy_months.g10 wi.emp_subsidy_months.g9 months min_wage.month.classI wi.lump_base_caliber figure_key',
    'wi.hospital_meal_day pi.hospital_meal_day pi.nutrition_day yuan/day wage.city.month CN-5301',
    'labor.severance labor.double_wage labor.overtime labor.annual_leave court.fee legalaid.precheck loan.interest loan.delay',
    'consumer.punitive wi.death wi.missing wi.deadlines pi.damages traffic.allocate wi.benefits',
    '"survivors":[{"orphan_or_lonely":false,"relation":"spouse"},{"orphan_or_lonely":false,"relation":"child"}],"death_type":"accident"',
    '"at_fault":true,"art22":false,"commercial_limit_fen":,"ctp":"insured","gratuitous_passengers":[],"id":"theirs_car_1","liability_bp":7000,"occupants":[]',
    '"death_injury_fen":,"id":"ours_person_1","medical_fen":,"mental_fen":0,"property_fen":0,"uninsured_costs_fen":0,"mental_priority":true,"vehicles":[{"victims":[{"accident_date":"2026-',
    '"dependants":[{"age":8,"share_n":2,"type":"minor"}],"device":[],"grades":[10],"kind":"injury","lost_wages":{"days":,"industry":"","liability_bp":10000,"tort_date":"2026-',
    '"agreed_rate_bp":,"contract_date":"20","due_date":"20","end_date":"2026-","principal_fen":,"delivered_fen":,"start_date":"20',
    '"avg12_fen":,"city":"CN-5301","ground":"mutual_employer_proposed","last_day":"2026-","last_month_wage_fen":,"notice_30_days":true,"pension_drawn":false,"protected_art42":false,"renewal_refused":false',
    '"avg_contrib_wage_fen":,"contract_end":"employee_resigns","contract_end_date":"2026-","grade":,"hard_to_place":false,"hospital_days":,"injury_date":"2026-","insured":true,"medical_fen":,"nursing_level":"none","occupational_disease":false,"old_soldier_relapse":false,"retired":false,"sl_extension_approved":false,"sl_months":"","sl_nursing_fen":0,"sl_paid_fen":0,"sl_wage_fen":',
    ',null,null,null,"U"],["CN","CN-53",2024,"2025-01-01",null,,"yuan/month","B"],["wage.all_caliber.month","CN-53",2025,"2026-01-01",null,7339,"yuan/month","B"]]',
  ].join(' '),
);
