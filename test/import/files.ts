/** Small made-up files in the three formats; each test's own lines go below the header. */
const people =
  'household_id,simulant_id,first_name,middle_initial,last_name,age,date_of_birth,sex,relationship_to_reference_person,housing_type,guardian_1,guardian_2,street_number,street_name,unit_number,city,state,zipcode,year'
const place = ',Springfield,WA,00000,2020'
const courses =
  '_id,Course_ID,Location ID,Location Name,Section,Activity Title,Course Title,Days of The Week,From To,Start Hour,Start Min,End Hour,End Min,Activity URL,Min Age,Max Age,Program Category,Registration Date,Status / Information'
const sessions =
  '_id,Location ID,Course_ID,Course Title,Section,Age Min,Age Max,Date Range,Start Hour,Start Minute,End Hour,End Min,First Date,Last Date,DayOftheWeek'

const file = (head: string, lines: string[]) => `${[head, ...lines].join('\r\n')}\r\n`

/** Two families; a child whose mother lives in the other one; a nursing home; a child alone; a date that is none; a twice-told person. */
export const households = file(people, [
  `h1,p1,Ana,M,Lind,38,1982-01-05,Female,Reference person,Household,,,12,elm st,${place}`,
  `h1,p2,Olof,,Lind,40,1979-07-01,Male,Opposite-sex spouse,Household,,,12,elm st,${place}`,
  `h1,p3,Maja,,Lind,6,2013-09-09,Female,Biological child,Household,p1,p2,12,elm st,${place}`,
  `h2,p4,Bo,,Åkesson,33,1987-02-02,Male,Reference person,Household,,,3,oak ave,apt 4${place}`,
  `h2,p5,Kim,,Lind,4,2016-03-03,Male,Biological child,Household,p4,p1,3,oak ave,apt 4${place}`,
  `q1,p6,Karl,,Old,88,1932-01-01,Male,Institutionalized group quarters population,Nursing home,,,9,hill rd,${place}`,
  `h3,p7,Lone,,Child,9,2011-01-01,Female,Reference person,Household,,,1,elm st,${place}`,
  `h1,p8,Bad,,Date,5,2015-02-30,Male,Biological child,Household,p1,,12,elm st,${place}`,
  `h1,p3,Maja,,Lind,6,2013-09-09,Female,Biological child,Household,p1,p2,12,elm st,${place}`,
  `h1,p9,,,Nameless,5,2015-02-20,Male,Biological child,Household,p1,,12,elm st,${place}`,
])

export const programs = file(courses, [
  '1,500,7,,Arts - Painting,Painting - Child,Painting,"Mon,Wed",Apr-13-2026 to Jun-15-2026,9,45,11,15,https://x.example/1,42,144,Arts,2026-03-02,This course is open for registration',
  '2,501,7,Elm Hall,Arts - Painting,Painting - Adult,Painting,Sat,Apr-18-2026 to Jun-13-2026,18,0,19,0,https://x.example/2,204,None,Arts,2026-03-02,This course is not presently available for Internet Registration.',
  '3,502,9,,Sports - Soccer,Soccer,Soccer,Moonday,Apr-13-2026 to Jun-15-2026,9,0,10,0,https://x.example/3,72,96,Sports,2026-03-02,This course has started',
  '4,503,9,,Sports - Soccer,Soccer,Soccer,Mon,Jun-15-2026 to Apr-13-2026,9,0,10,0,https://x.example/4,72,96,Sports,2026-03-02,This course has started',
  '5,504,9,,Sports - Soccer,Soccer,Soccer,Mon,Apr-13-2026 to Jun-15-2026,9,0,10,0,https://x.example/5,96,72,Sports,2026-03-02,This course has started',
  '6,505,9,,Sports - Soccer,Soccer,Soccer,Mon,Apr-13-2026 to Jun-15-2026,10,0,9,0,https://x.example/6,72,96,Sports,2026-03-02,This course has started',
])

export const dropIn = file(sessions, [
  '1,7,900,Family Swim,Swim - Drop-In,6,12,2026-01-05 to 2026-01-05,13,0,15,0,2026-01-05,2026-01-05,Monday',
  '2,7,900,Family Swim,Swim - Drop-In,6,12,2026-01-06 to 2026-01-06,13,0,15,0,2026-01-06,2026-01-06,Tuesday',
  '3,8,901,Shinny,Skate - Drop-In,13,None,2025-12-28 to 2025-12-29,23,30,1,0,2025-12-28,2025-12-29,Sunday',
  '4,8,901,Shinny,Skate - Drop-In,13,None,2026-03-08 to 2026-03-08,1,0,4,0,2026-03-08,2026-03-08,Sunday',
  '5,8,901,Shinny,Skate - Drop-In,13,None,2026-01-02 to 2026-01-02,15,0,14,0,2026-01-02,2026-01-02,Friday',
  '6,8,901,Shinny,Skate - Drop-In,13,None,2025-12-28 to 2025-12-29,23,30,1,0,2025-12-28,2025-12-29,Sunday',
])

/** One household whose words would be code somewhere else. */
export const sly = file(people, [
  `h7,s1,"=HYPERLINK(""http://x"",""y"")",,<script>alert(1)</script>,38,1982-01-05,Female,Reference person,Household,,,12,"elm; drop table families;--",${place}`,
  `h7,s2,"O'Neil, ""Bo""",,{{7*7}},6,2013-09-09,Male,Biological child,Household,s1,,12,elm st,${place}`,
])
